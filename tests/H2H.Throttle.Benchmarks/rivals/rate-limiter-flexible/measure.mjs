// node measure.mjs PORT SECONDS CALLERS PEOPLE
// Counts one key a decision, as the package's own documentation does it, in this process and with nothing between it
// and Redis. Prints how many decisions it made, and in how many seconds.
import Redis from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';

const [port, seconds, callers, people] = process.argv.slice(2).map(Number);
const redis = new Redis({ host: '127.0.0.1', port, enableOfflineQueue: true });
await redis.ping();
const limiter = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'rival', points: 1_000_000, duration: 86_400 });

let decided = 0;
const start = performance.now();
const end = start + seconds * 1000;

async function call(caller) {
  for (let turn = caller; performance.now() < end; turn += callers) {
    await limiter.consume(`person-${turn % people}`);
    decided++;
  }
}

await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
console.log(JSON.stringify({ decided, seconds: (performance.now() - start) / 1000 }));
redis.disconnect();
