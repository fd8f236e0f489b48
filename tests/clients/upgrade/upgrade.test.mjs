// Every store of an earlier version is opened by this one and gives the answers that it gave then.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import test from 'node:test';
import { ThrottleServer, newFolder } from '../grpc-js/server.mjs';
import { answersOf, questions } from './day.mjs';
import { post } from '../grpc-js/connect.mjs';

const stores = join(import.meta.dirname, 'stores');
const marketing = personId => ({ contact: { personId, channel: 'email', purpose: 'marketing' } });

/** What was answered must be answered still: more may be said, in other words, and decisions have new ids. */
function assertStillSaid(now, then, path) {
  if (Array.isArray(then)) {
    assert.equal(now?.length, then.length, `${path}: ${JSON.stringify(now)}`);
    then.forEach((item, index) => assertStillSaid(now[index], item, `${path}[${index}]`));
  } else if (typeof then === 'object') {
    for (const [key, value] of Object.entries(then).filter(([name]) => !['decisionId', 'message'].includes(name))) {
      assertStillSaid(now?.[key], value, `${path}.${key}`);
    }
  } else {
    assert.deepEqual(now, then, path);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A Redis that has loaded the snapshot of a folder, and how to end it. */
async function startRedis(folder) {
  const port = await freePort();
  const redis = spawn('redis-server', [
    '--port', port, '--bind', '127.0.0.1', '--dir', folder, '--dbfilename', 'store.rdb', '--save', '',
  ]);
  for await (const line of redis.stdout.setEncoding('utf8')) {
    if (line.includes('Ready to accept connections')) {
      break;
    }
  }

  redis.stdout.resume();
  return { port, end: () => redis.kill('SIGKILL') };
}

/** Opens the store of a folder with the server of today, hands it over, and ends both. */
async function withServer(folder, isRedis, use) {
  const redis = isRedis ? await startRedis(folder) : undefined;
  const server = await ThrottleServer.start({
    'Throttle:TrustRequestTime': true,
    'Server:IdentityKeyPath': join(folder, 'store.key'),
    ...(isRedis
      ? { 'Server:Store': 'redis', 'Redis:Configuration': `127.0.0.1:${redis.port}`, 'Redis:StoreTimeoutMs': 30_000 }
      : { 'Sqlite:Path': join(folder, 'store.db') }),
  }, folder);
  try {
    return await use(server.httpUrl);
  } finally {
    await server.kill();
    redis?.end();
  }
}

async function copyOf(name) {
  const folder = await newFolder();
  for (const file of readdirSync(join(stores, name))) {
    copyFileSync(join(stores, name, file), join(folder, file));
  }

  chmodSync(join(folder, 'store.key'), 0o600);
  return folder;
}

for (const name of readdirSync(stores)) {
  const isRedis = name.endsWith('redis');
  const then = JSON.parse(readFileSync(join(stores, name, 'answers.json'), 'utf8'));

  test(`${name}: every answer is the one of then, again after it was written to`, async () => {
    const folder = await copyOf(name);
    assert.equal(then.length, questions.length);

    const assertAnswers = answers => answers.forEach((answer, index) =>
      assertStillSaid(answer, then[index], `${questions[index][0]} ${JSON.stringify(questions[index][1])}`));
    await withServer(folder, isRedis, async httpUrl => {
      assertAnswers(await answersOf(httpUrl));
      const { status, body } = await post(httpUrl, 'h2h.throttle.v1.ThrottleService/Reserve', {
        ...marketing('somebody new'), at: '2126-03-08T12:00:00Z',
      });
      assert.deepEqual([status, body.decision.verdict], [200, 'VERDICT_ALLOW']);
      assertAnswers(await answersOf(httpUrl));
    });

    if (!isRedis) {
      await withServer(folder, isRedis, async httpUrl => assertAnswers(await answersOf(httpUrl)));
    }
  });

  test(`${name}: whoever opted out then cannot be reached now`, async () => {
    await withServer(await copyOf(name), isRedis, async httpUrl => {
      const { body } = await post(httpUrl, 'h2h.throttle.v1.ThrottleService/Reserve', {
        ...marketing('bob'), at: '2126-03-08T12:00:00Z',
      });

      assert.equal(body.decision.verdict, 'VERDICT_DENY');
      assert.equal(body.decision.reasons[0].code, 'REASON_CODE_OPTED_OUT');
    });
  });
}

test('there are stores of both kinds', () => {
  const kinds = readdirSync(stores).map(name => name.split('-').pop());

  assert.deepEqual(new Set(kinds), new Set(['sqlite', 'redis']));
});
