// What happened, as an auditor and a sender in another language learn of it.
import assert from 'node:assert/strict';
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

/** The next message of a stream. */
const next = async stream => {
  const [message] = await once(stream, 'data');
  stream.pause();
  return message;
};

/** What ends a stream that must fail. */
const failureOf = async stream => {
  stream.resume();
  const [error] = await once(stream, 'error');
  return readError(error);
};

test('an opt-out is listed with who said it through what, and without the person', async () => {
  await client.consent.optOut({ personId: 'ann', scope: { channel: 'email' }, source: 'hotline' });

  const { entries } = await client.journal.listEntries({ filter: { personId: 'ann' } });

  const [entry] = entries;
  assert.equal(entries.length, 1);
  assert.deepEqual([entry.kind, entry.details], ['opt_out', { channel: 'email', source: 'hotline' }]);
  assert.deepEqual(
    [entry.actor.kind, entry.actor.role, entry.actor.through], ['ACTOR_KIND_LOCAL', 'ROLE_ADMIN', 'OptOut']);
  assert.doesNotMatch(JSON.stringify(entries), /"ann"/);
});

test('a sender watches for its revoked reservations, and takes the watch up again where it was', async () => {
  const contact = { personId: 'bob', channel: 'email', purpose: 'marketing', brand: 'acme' };
  const { reservation } = await client.throttle.reserve({ contact });
  const watch = client.journal.watch({ filter: { kinds: ['reservation_revoked'] } });
  const { heartbeat } = await next(watch);

  await client.consent.optOut({ personId: 'bob' });
  watch.resume();
  const { entry } = await next(watch);
  watch.on('error', () => {}).cancel();

  assert.deepEqual(entry.details, { reservation: reservation.reservationId, brand: 'acme' });
  const again = client.journal.watch({ after: heartbeat.position, filter: { kinds: ['reservation_revoked'] } });
  assert.equal((await next(again)).heartbeat.position, heartbeat.position);
  again.resume();
  assert.deepEqual((await next(again)).entry, entry);
  again.on('error', () => {}).cancel();
});

test('a watch from beyond the end, or after another entry than the known one, is refused', async () => {
  const beyond = await failureOf(client.journal.watch({ after: '1000000' }));
  const other = await failureOf(client.journal.watch({ after: '1', afterHash: '0'.repeat(64) }));

  assert.deepEqual([beyond.code, beyond.reason], ['OUT_OF_RANGE', 'JOURNAL_POSITION_UNKNOWN']);
  assert.deepEqual([other.code, other.reason], ['FAILED_PRECONDITION', 'JOURNAL_DIVERGED']);
});

test('the journal is whole, and another head than was written down shows', async () => {
  const whole = (await client.journal.verifyJournal({}).toArray()).at(-1);
  const other = (await client.journal.verifyJournal({ headPosition: 1, headHash: '0'.repeat(64) }).toArray()).at(-1);

  assert.deepEqual([whole.done, whole.breaks], [true, []]);
  assert.deepEqual(other.breaks.map(({ kind, position }) => [kind, position]), [['JOURNAL_BREAK_KIND_REWRITTEN', '1']]);
});
