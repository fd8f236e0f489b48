// A receiver of webhooks as another team writes one: node's own server, and the library of Standard Webhooks.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import test, { after } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { ThrottleClient } from './client.mjs';
import { post } from './connect.mjs';
import { refusalOf } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start({ 'Webhooks:PauseMinMs': 20, 'Webhooks:PauseMaxMs': 50 });
const client = new ThrottleClient(server.grpcAddress);
const came = [];
const statuses = [];
let wake = () => {};
const receiver = createServer(async (request, response) => {
  const chunks = await request.toArray();
  came.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
  response.writeHead(statuses.shift() ?? 204).end();
  wake();
});
receiver.listen(0, '127.0.0.1');
await once(receiver, 'listening');
const url = `http://127.0.0.1:${receiver.address().port}/h2h`;
after(async () => {
  client.close();
  await server.stop();
  receiver.close();
});

/** The next delivery that nobody took yet. */
async function next() {
  while (came.length === 0) {
    await new Promise(resolve => {
      wake = resolve;
    });
  }

  return came.shift();
}

test('a revoked reservation is told, and the library of Standard Webhooks knows it for genuine', async () => {
  const { webhook, secret } = await client.webhooks.createWebhook({
    webhook: { name: 'crm', url, kinds: ['reservation_revoked'], brands: ['acme'] },
  });
  const contact = { personId: 'ann', channel: 'email', purpose: 'marketing', brand: 'acme' };
  const { reservation } = await client.throttle.reserve({ contact });
  statuses.push(500);

  await client.consent.optOut({ personId: 'ann' });

  const [first, second] = [await next(), await next()];
  const event = new Webhook(secret).verify(second.body, second.headers);
  assert.equal(webhook.standing, 'WEBHOOK_STANDING_ACTIVE');
  assert.deepEqual(
    [event.specversion, event.type, event.subject, event.data.details],
    ['1.0', 'h2h.throttle.v1.reservation_revoked', reservation.reservationId,
      { reservation: reservation.reservationId, brand: 'acme' }]);
  assert.equal(first.headers['webhook-id'], second.headers['webhook-id']);
  assert.doesNotMatch(second.body, /"ann"/);
  assert.throws(() => new Webhook(secret).verify(second.body.replace('acme', 'evil'), second.headers));
  assert.throws(() => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(second.body, second.headers));
});

test('a secret is replaced while both sign', async () => {
  const { secret } = await client.webhooks.createWebhook({ webhook: { name: 'turning', url, kinds: ['key_made'] } });
  const { secret: fresh, webhook } = await client.webhooks.rotateWebhookSecret({ name: 'turning' });

  const { delivery } = await client.webhooks.testWebhook({ name: 'turning' });

  const { body, headers } = await next();
  assert.deepEqual([delivery.taken, delivery.status], [true, 204]);
  assert.ok(Number(webhook.formerSecretUntil.seconds) * 1000 > Date.now());
  for (const one of [secret, fresh]) {
    assert.equal(new Webhook(one).verify(body, headers).type, 'h2h.throttle.v1.webhook_test');
  }
});

test('a webhook is listed, changed, paused and deleted, and its dead letters are listed and sent again', async () => {
  await client.webhooks.createWebhook({ webhook: { name: 'short-lived', url, kinds: ['key_revoked'] } });

  const paused = await client.webhooks.updateWebhook({
    webhook: { name: 'short-lived', paused: true }, updateMask: { paths: ['paused'] },
  });
  const { webhooks } = await client.webhooks.listWebhooks({});
  const { deadLetters } = await client.webhooks.listDeadLetters({ name: 'short-lived' });
  const replayed = await client.webhooks.replayDeadLetters({ name: 'short-lived' });
  await client.webhooks.deleteWebhook({ name: 'short-lived' });
  const gone = await refusalOf(client.webhooks.getWebhook({ name: 'short-lived' }));

  assert.equal(paused.webhook.standing, 'WEBHOOK_STANDING_PAUSED');
  assert.ok(webhooks.some(({ name }) => name === 'short-lived'));
  assert.deepEqual([deadLetters, replayed.taken, replayed.left], [[], 0, 0]);
  assert.deepEqual([gone.code, gone.reason, gone.field], ['NOT_FOUND', 'WEBHOOK_UNKNOWN', 'name']);
});

test('what cannot be a webhook is refused with a reason', async () => {
  const create = webhook => refusalOf(client.webhooks.createWebhook({ webhook }));
  const name = 'new';

  for (const [webhook, code, reason, field] of [
    [{ name }, 'INVALID_ARGUMENT', 'FIELD_MISSING', 'webhook.url'],
    [{ name, url: 'receiver' }, 'INVALID_ARGUMENT', 'WEBHOOK_URL_INVALID', 'webhook.url'],
    [{ name, url: 'http://example.com' }, 'INVALID_ARGUMENT', 'WEBHOOK_URL_INVALID', 'webhook.url'],
    [{ name, url: 'https://10.0.0.1' }, 'INVALID_ARGUMENT', 'WEBHOOK_URL_INVALID', 'webhook.url'],
    [{ name: 'A b', url }, 'INVALID_ARGUMENT', 'ID_MALFORMED', 'webhook.name'],
    [{ name, url, kinds: ['rain'] }, 'INVALID_ARGUMENT', 'JOURNAL_KIND_UNKNOWN', 'webhook.kinds'],
    [{ name, url, standing: 'WEBHOOK_STANDING_PAUSED' }, 'INVALID_ARGUMENT', 'FIELD_NOT_ALLOWED', 'webhook'],
    [{ name: 'crm', url }, 'ALREADY_EXISTS', 'WEBHOOK_EXISTS', 'webhook.name'],
  ]) {
    const refusal = await create(webhook);
    assert.deepEqual([refusal.code, refusal.reason, refusal.field], [code, reason, field]);
  }

  const mask = await refusalOf(client.webhooks.updateWebhook({ webhook: { name: 'crm' } }));
  assert.deepEqual([mask.code, mask.reason, mask.field], ['INVALID_ARGUMENT', 'UPDATE_MASK_INVALID', 'update_mask']);
});

test('over HTTP with JSON it is the same', async () => {
  const { status, body } = await post(server.httpUrl, 'h2h.throttle.v1.WebhookService/GetWebhook', { name: 'crm' });

  assert.equal(status, 200);
  assert.deepEqual([body.webhook.name, body.webhook.url], ['crm', url]);
});
