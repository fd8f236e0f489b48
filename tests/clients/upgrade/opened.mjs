// The store of a folder, with a server on it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ThrottleServer } from '../grpc-js/server.mjs';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A Redis that has loaded the snapshot of a folder, on another port if somebody else was quicker to take one. */
async function startRedis(folder) {
  for (let tries = 0; tries < 10; tries++) {
    const port = await freePort();
    const redis = spawn('redis-server', [
      '--port', port, '--bind', '127.0.0.1', '--dir', folder, '--dbfilename', 'store.rdb', '--save', '',
    ]);
    for await (const line of redis.stdout.setEncoding('utf8')) {
      if (line.includes('Ready to accept connections')) {
        redis.stdout.resume();
        return {
          port,
          save: () => execFileSync('redis-cli', ['-p', port, 'save']),
          end: () => redis.kill('SIGKILL'),
        };
      }
    }
  }

  throw new Error(`No Redis starts on the snapshot in ${folder}.`);
}

/**
 * Opens the store of a folder with the built server, hands the server over, and ends both.
 * @param toKeep Whether the folder is to hold all of it afterwards; otherwise the server ends as by a power cut.
 */
export async function withServer(folder, isRedis, use, { toKeep = false, settings = {} } = {}) {
  const redis = isRedis ? await startRedis(folder) : undefined;
  const server = await ThrottleServer.start({
    'Throttle:TrustRequestTime': true,
    'Server:IdentityKeyPath': join(folder, 'store.key'),
    ...(isRedis
      ? { 'Server:Store': 'redis', 'Redis:Configuration': `127.0.0.1:${redis.port}`, 'Redis:StoreTimeoutMs': 30_000 }
      : { 'Sqlite:Path': join(folder, 'store.db') }),
    ...settings,
  }, folder);
  try {
    return await use(server);
  } finally {
    await (toKeep ? server.end() : server.kill());
    if (toKeep) {
      redis?.save();
    }

    redis?.end();
  }
}
