// Every store of an earlier version is opened by this one and gives the answers that it gave then.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test from 'node:test';
import { Webhook } from 'standardwebhooks';
import { post } from '../grpc-js/connect.mjs';
import { newFolder } from '../grpc-js/server.mjs';
import { answersOf, ask } from './asking.mjs';
import { h2h } from './h2h.mjs';
import { withServer } from './opened.mjs';

const stores = join(import.meta.dirname, 'stores');
const marketing = personId => ({ contact: { personId, channel: 'email', purpose: 'marketing' } });
const soon = '2126-03-08T12:00:00Z';

// Other words, new ids of decisions, a list held otherwise, a shadow policy that was asked once more.
const mayDiffer = ['decisionId', 'message', 'memoryBytes', 'asked'];

/** What was answered must be answered still; more may be said. */
function assertStillSaid(now, then, path) {
  if (Array.isArray(then)) {
    assert.equal(now?.length, then.length, `${path}: ${JSON.stringify(now)}`);
    then.forEach((item, index) => assertStillSaid(now[index], item, `${path}[${index}]`));
  } else if (path.endsWith('.json')) {
    assertStillSaid(JSON.parse(now), JSON.parse(then), `${path}:`);   // an export is JSON within an answer
  } else if (then !== null && typeof then === 'object') {
    for (const [key, value] of Object.entries(then).filter(([name]) => !mayDiffer.includes(name))) {
      assertStillSaid(now?.[key], value, `${path}.${key}`);
    }
  } else {
    assert.deepEqual(now, then, path);
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

const read = (folder, file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

for (const name of readdirSync(stores)) {
  const [, day, kind] = name.split('-');
  const isRedis = kind === 'redis';
  const then = read(join(stores, name), 'answers.json');
  const { questions } = await import(`./days/${day}.mjs`);

  test(`${name}: every answer is the one of then, again after it was written to`, async () => {
    const folder = await copyOf(name);
    assert.equal(then.length, questions.length);

    const assertAnswers = answers => answers.forEach((answer, index) =>
      assertStillSaid(answer, then[index], `${questions[index][0]} ${JSON.stringify(questions[index][1])}`));
    await withServer(folder, isRedis, async ({ httpUrl }) => {
      assertAnswers(await answersOf(httpUrl, questions));
      const { decision } = await ask(httpUrl, 'ThrottleService/Reserve', { ...marketing('somebody new'), at: soon });
      assert.equal(decision.verdict, 'VERDICT_ALLOW');
      assertAnswers(await answersOf(httpUrl, questions));
    });

    if (!isRedis) {
      await withServer(folder, isRedis, async ({ httpUrl }) => assertAnswers(await answersOf(httpUrl, questions)));
    }
  });

  test(`${name}: whoever opted out then cannot be reached now`, async () => {
    await withServer(await copyOf(name), isRedis, async ({ httpUrl }) => {
      const personId = day === 'first' ? 'bob' : 'jon';
      const { decision } = await ask(httpUrl, 'ThrottleService/Reserve', { ...marketing(personId), at: soon });

      assert.equal(decision.verdict, 'VERDICT_DENY');
      assert.equal(decision.reasons[0].code, 'REASON_CODE_OPTED_OUT');
    });
  });

  if (day !== 'later') {
    continue;
  }

  test(`${name}: the journal is whole, and the key of then opens what it opened`, async () => {
    const folder = await copyOf(name);
    await withServer(folder, isRedis, async ({ grpcAddress }) =>
      execFileSync(h2h, ['journal', 'verify', '--server', `http://${grpcAddress}`], { stdio: 'pipe' }));

    await withServer(folder, isRedis, async ({ httpUrl }) => {
      const authorization = `Bearer ${read(folder, 'secrets.json').key}`;
      const { body } = await post(httpUrl, 'h2h.throttle.v1.AccessService/GetCaller', {}, { authorization });

      assert.deepEqual([body.name, body.role, body.brands], ['mailer', 'ROLE_SENDER', ['acme']]);
    }, { settings: { 'Access:Required': true } });
  });

  test(`${name}: what no receiver would take then is sent now, signed with the secret of then`, async () => {
    const folder = await copyOf(name);
    const receiver = createServer().listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const url = `http://127.0.0.1:${receiver.address().port}/h2h`;
    const delivered = once(receiver, 'request').then(async ([request, response]) => {
      const chunks = await request.toArray();
      response.writeHead(204).end();
      return new Webhook(read(folder, 'secrets.json').webhook).verify(Buffer.concat(chunks), request.headers);
    });

    await withServer(folder, isRedis, async ({ httpUrl }) => {
      await ask(httpUrl, 'WebhookService/UpdateWebhook', {
        webhook: { name: 'crm', url, paused: false }, updateMask: 'url,paused',
      });
      await ask(httpUrl, 'WebhookService/ReplayDeadLetters', { name: 'crm' });

      const { type, data } = await delivered;
      assert.deepEqual([type, data.details.brand], ['h2h.throttle.v1.reservation_revoked', 'acme']);
    });
    receiver.close();
  });
}

test('there are stores of every kind', () => {
  const kinds = readdirSync(stores).map(name => name.split('-').pop());

  assert.deepEqual(new Set(kinds), new Set(['sqlite', 'redis', 'rotated']));
});
