// Many contacts in one call, and in a stream without end.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { readError } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const cap = 3;
const email = personId => ({ personId, channel: 'email', purpose: 'marketing' });
const item = (personId, number) => ({
  correlationId: `${personId} ${number}`, requestId: randomUUID(), contact: email(personId),
});

/** Sends items over a stream, some hundreds in each message; all that was answered. */
async function stream(call, items) {
  const results = [];
  call.on('data', response => results.push(...response.results));
  const end = once(call, 'end');
  for (let i = 0; i < items.length; i += 300) {
    if (!call.write({ items: items.slice(i, i + 300) })) {
      await once(call, 'drain');
    }
  }

  call.end();
  await end;
  return results;
}

test('a batch answers every item, counts a person in order, and may be repeated', async () => {
  const [ann, bob] = [randomUUID(), randomUUID()];
  const items = [0, 1, 2, 3].flatMap(number => [item(ann, number), item(bob, number)]);
  items.splice(3, 0, { correlationId: 'wrong', contact: { ...email(ann), channel: 'fax' } });

  const { results } = await client.throttle.batchReserve({ items });
  const again = await client.throttle.batchReserve({ items });

  assert.deepEqual(results.map(result => result.correlationId), items.map(({ correlationId }) => correlationId));
  assert.deepEqual(results.filter(({ reservation }) => reservation).length, 2 * cap);
  assert.equal(results[3].result, 'error');
  assert.deepEqual(
    [results[3].error.code, results[3].error.reason, results[3].error.field],
    [3, 'ERROR_REASON_CHANNEL_UNKNOWN', 'contact.channel']);
  assert.deepEqual(results.slice(-2).map(({ decision }) => decision.verdict), ['VERDICT_DENY', 'VERDICT_DENY']);
  assert.deepEqual(again.results, results);
});

test('a stream answers every item once and each person in order, and what is sent again is not counted again',
  async () => {
    const people = Array.from({ length: 400 }, () => randomUUID());
    const items = Array.from({ length: 5 }, (_, number) => people.map(personId => item(personId, number))).flat();

    const results = await stream(client.throttle.streamReserve(), items);
    const again = await stream(client.throttle.streamReserve(), items);

    assert.equal(new Set(results.map(result => result.correlationId)).size, items.length);
    assert.equal(results.length, items.length);
    for (const personId of people) {
      const answers = results.filter(result => result.correlationId.startsWith(personId));
      assert.deepEqual(answers.map(answer => answer.correlationId.split(' ')[1]), ['0', '1', '2', '3', '4']);
      assert.deepEqual(answers.map(answer => answer.reservation !== null), [true, true, true, false, false]);
    }

    const byId = new Map(results.map(result => [result.correlationId, result]));
    again.forEach(result => assert.deepEqual(result, byId.get(result.correlationId)));
  });

test('checks are streamed as well, and an answer comes while the stream is open', async () => {
  const call = client.throttle.streamCheck();
  for (const number of [1, 2]) {
    call.write({ items: [{ correlationId: `${number}`, contact: email(randomUUID()) }] });
    const [{ results }] = await once(call, 'data');
    assert.deepEqual(results.map(result => [result.correlationId, result.decision.verdict]), [
      [`${number}`, 'VERDICT_ALLOW'],
    ]);
  }

  call.end();
  await once(call, 'end');
});

test('a message with too many items ends the stream and says why', async () => {
  const call = client.throttle.streamReserve();
  call.on('data', () => assert.fail('Nothing was asked.'));
  call.write({ items: Array(1001).fill({ contact: email(randomUUID()) }) });

  const [error] = await once(call, 'error');

  const refusal = readError(error);
  assert.deepEqual([refusal.code, refusal.reason, refusal.field], ['INVALID_ARGUMENT', 'ITEMS_OUT_OF_RANGE', 'items']);
});
