// The service without gRPC: plain HTTP and JSON by the Connect protocol, https://connectrpc.com/docs/protocol.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { post } from './connect.mjs';
import { readJsonError } from './refusals.mjs';
import { ThrottleServer, newFolder } from './server.mjs';

const server = await ThrottleServer.start();
after(() => server.stop());

const call = (name, request, headers) => post(server.httpUrl, `h2h.throttle.v1.${name}`, request, headers);
const contact = () => ({ personId: randomUUID(), channel: 'email', purpose: 'marketing' });

test('a check is a POST with JSON in it and a decision out of it', async () => {
  const { status, headers, body } = await call('ThrottleService/Check', { contact: contact() });

  assert.equal(status, 200);
  assert.match(headers.get('content-type'), /^application\/json/);
  assert.equal(body.decision.verdict, 'VERDICT_ALLOW');
  assert.match(body.decision.evaluatedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
});

test('a sender reserves and confirms', async () => {
  const reserved = await call('ThrottleService/Reserve', { requestId: randomUUID(), contact: contact() });
  const { reservationId } = reserved.body.reservation;

  const confirmed = await call('ThrottleService/Confirm', { reservationId, outcome: 'sent' });

  assert.deepEqual([confirmed.status, confirmed.body.contact.state], [200, 'CONTACT_STATE_CONFIRMED']);
});

test('a denial has HTTP status 200', async () => {
  const { status, body } = await call('ThrottleService/Check', { contact: { ...contact(), channel: 'mail' } });

  assert.equal(status, 200);
  assert.deepEqual([body.decision.verdict, body.decision.never], ['VERDICT_DENY', true]);
});

test('what is reserved over gRPC counts over JSON, and the other way round', async () => {
  const client = new ThrottleClient(server.grpcAddress);
  const one = contact();
  await client.throttle.reserve({ contact: one });
  await call('ThrottleService/Reserve', { contact: one });
  await client.throttle.reserve({ contact: one });

  const [overGrpc, overJson] = [
    (await client.throttle.check({ contact: one })).decision,
    (await call('ThrottleService/Check', { contact: one })).body.decision,
  ];

  client.close();
  assert.deepEqual([overGrpc.verdict, overJson.verdict], ['VERDICT_DENY', 'VERDICT_DENY']);
  const numbers = ({ reasons }) => reasons.map(reason =>
    [reason.rule, reason.code, reason.used, reason.limit, reason.counted.map(counted => counted.contactId)]);
  assert.deepEqual(numbers(overJson), numbers(overGrpc));
  assert.equal(Date.parse(overJson.nextAllowedAt), Math.floor(
    Number(overGrpc.nextAllowedAt.seconds) * 1000 + overGrpc.nextAllowedAt.nanos / 1_000_000));
});

test('an error has a code, a message, and details for programs and for people', async () => {
  const { status, headers, body } = await call('ThrottleService/Check', { contact: { ...contact(), channel: 'fax' } });

  assert.equal(status, 400);
  assert.match(headers.get('content-type'), /^application\/json/);
  assert.deepEqual(Object.keys(body), ['code', 'message', 'details']);
  assert.equal(body.code, 'invalid_argument');
  assert.deepEqual(body.details.map(({ type }) => type), ['google.rpc.ErrorInfo', 'google.rpc.BadRequest']);
  assert.deepEqual(body.details[0].debug,
    { reason: 'CHANNEL_UNKNOWN', domain: 'throttle.h2h', metadata: { field: 'contact.channel' } });
  const [violation] = readJsonError(body).violations;
  assert.deepEqual(body.details[1].debug, { fieldViolations: [violation] });
});

test('a field that does not exist is refused by its name, because it may be a limit that is misspelt', async () => {
  const { status, body } = await call('ThrottleService/Check', { contact: { ...contact(), chanel: 'sms' } });

  const { code, reason, field } = readJsonError(body);
  assert.deepEqual([status, code, reason, field], [400, 'INVALID_ARGUMENT', 'BODY_MALFORMED', 'contact.chanel']);
});

test('fields may also have the names of the proto', async () => {
  const { personId, channel, purpose } = contact();

  const { status } = await call('ThrottleService/Check', { contact: { person_id: personId, channel, purpose } });

  assert.equal(status, 200);
});

test('what is no JSON is refused', async () => {
  const response = await fetch(`${server.httpUrl}/h2h.throttle.v1.ThrottleService/Check`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"contact":',
  });

  const { code, reason } = readJsonError(await response.json());
  assert.deepEqual([response.status, code, reason], [400, 'INVALID_ARGUMENT', 'BODY_MALFORMED']);
});

test('what is too large is refused', async () => {
  const { status, body } = await call('PolicyService/ValidatePolicy', { document: '#'.repeat(5 * 1024 * 1024) });

  const { code, reason } = readJsonError(body);
  assert.deepEqual([status, code, reason], [429, 'RESOURCE_EXHAUSTED', 'BODY_TOO_LARGE']);
});

test('a caller without time left is told that its deadline passed', async () => {
  const { status, body } = await call('ThrottleService/Check', { contact: contact() }, { 'Connect-Timeout-Ms': '0' });

  const { code, reason } = readJsonError(body);
  assert.deepEqual([status, code, reason], [504, 'DEADLINE_EXCEEDED', 'DEADLINE_PASSED']);
});

test('an unknown reservation is 404, a confirmed one 400, and a request id that was used for other content 409',
  async () => {
    const requestId = randomUUID();
    const one = contact();
    const { body: { reservation: { reservationId } } } =
      await call('ThrottleService/Reserve', { requestId, contact: one });
    await call('ThrottleService/Confirm', { reservationId });

    const answers = [
      await call('ThrottleService/Confirm', { reservationId: 'nowhere' }),
      await call('ThrottleService/Confirm', { reservationId }),
      await call('ThrottleService/Reserve', { requestId, contact: { ...one, brand: 'acme' } }),
    ];

    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.code, readJsonError(body).reason]),
      [
        [404, 'not_found', 'RESERVATION_UNKNOWN'],
        [400, 'failed_precondition', 'RESERVATION_ALREADY_CONFIRMED'],
        [409, 'already_exists', 'REQUEST_ID_REUSED'],
      ]);
  });

test('a call that there is not is 404, and one that is no POST is 405', async () => {
  const unknown = await call('ThrottleService/Fly', {});
  const got = await fetch(`${server.httpUrl}/h2h.throttle.v1.ThrottleService/Check`);

  assert.deepEqual([unknown.status, readJsonError(unknown.body).reason], [404, 'CALL_UNKNOWN']);
  assert.deepEqual([got.status, got.headers.get('allow')], [405, 'POST']);
});

test('health is asked over JSON, too', async () => {
  const { status, body } = await post(server.httpUrl, 'grpc.health.v1.Health/Check', {});

  assert.deepEqual([status, body], [200, { status: 'SERVING' }]);
});

test('calls over HTTP are answered or not begun when the server is asked to stop', async t => {
  const folder = await newFolder();
  t.after(() => rm(folder, { recursive: true }));
  const stopping = await ThrottleServer.start({}, folder);
  const one = contact();
  const record = () => post(stopping.httpUrl, 'h2h.throttle.v1.ThrottleService/Record', { contact: one });

  const calls = Array.from({ length: 100 }, record);
  await Promise.race(calls);
  const stopped = stopping.stop();
  const ends = await Promise.allSettled(calls);
  await stopped;

  const answers = ends.filter(end => end.status === 'fulfilled').map(end => end.value);
  const recorded = answers.filter(({ status }) => status === 200).map(({ body }) => body.contact.contactId);
  for (const { status, body } of answers.filter(answer => answer.status !== 200)) {
    assert.deepEqual([status, readJsonError(body).reason], [503, 'SHUTTING_DOWN']);
  }

  const started = await ThrottleServer.start({}, folder);
  const { body: { contacts } } = await post(
    started.httpUrl, 'h2h.throttle.v1.PersonService/ListContacts', { personId: one.personId });
  await started.stop();
  assert.deepEqual(new Set(contacts.map(({ contactId }) => contactId)), new Set(recorded));
});

test('presets are listed over JSON, too', async () => {
  const { status, body } = await call('PolicyService/ListPresets', {});

  assert.equal(status, 200);
  assert.equal(body.presets.find(({ name }) => name === 'us-fl-ftsa-cap').jurisdiction, 'US-FL');
  assert.ok(body.packs.some(({ name }) => name === 'us-fl'));
});
