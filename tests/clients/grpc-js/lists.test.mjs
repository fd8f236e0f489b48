// Suppression lists: loaded by a stream, asked by rules, given back as hashes.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { timestamp } from './instants.mjs';
import { refusalOf } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const document = `
channels: [phone]
purposes: { marketing: {} }
rules: [ { name: own, list: { name: in-house } } ]
`;
await client.policy.publishPolicy({ document });

const asOf = timestamp(new Date('2026-03-01T00:00:00Z'));

/** Sends an import; promises its answer. */
function importing(about, messages) {
  return new Promise((resolve, reject) => {
    const call = client.consent.importSuppressions((error, answer) => error ? reject(error) : resolve(answer));
    call.on('error', () => {});
    call.write({ import: { list: 'in-house', asOf, ...about } });
    messages.forEach(message => call.write(message));
    call.end();
  });
}

const codes = async address => {
  const contact = { personId: randomUUID(), channel: 'phone', purpose: 'marketing', address };
  return (await client.throttle.check({ contact })).decision.reasons.map(({ code }) => code);
};

test('a list is what was sent, from when the import is answered', async () => {
  assert.deepEqual(await codes('+12025550100'), ['REASON_CODE_LIST_STALE']);

  const answer = await importing({}, [
    { lines: { first: 1, lines: ['+1 202 555 0100', 'rubbish'] } },
    { lines: { first: 3, lines: ['ada@example.com'] } },
    { end: { lines: 3 } },
  ]);

  assert.deepEqual([answer.list.entries, answer.import.lines, answer.import.bad], ['2', '3', '1']);
  assert.deepEqual(answer.import.badLines, [{ number: '2', fault: 'LINE_FAULT_NOT_AN_ADDRESS' }]);
  assert.deepEqual(await codes('+12025550100'), ['REASON_CODE_LISTED']);
  assert.deepEqual(await codes('+12025550199'), []);
  assert.deepEqual(await codes('202 555 0100'), ['REASON_CODE_ADDRESS_MISSING']);
  const { lists } = await client.consent.listSuppressionLists({});
  assert.deepEqual(lists.map(({ name, entries }) => [name, entries]), [['in-house', '2']]);
});

test('a stream that ends early, has gaps or has no address switches nothing and says why', async () => {
  const importId = randomUUID();
  const refused = async messages => (await refusalOf(importing({ importId }, messages))).reason;

  assert.equal(await refused([{ lines: { first: 1, lines: ['+12025550101'] } }]), 'LINES_MISSING');
  assert.equal(await refused([{ lines: { first: 3, lines: ['+12025550101'] } }]), 'LINES_MISSING');
  assert.equal(await refused([{ end: { lines: 0 } }]), 'LIST_EMPTY');
  const { import: kept } = await client.consent.getSuppressionImport({ list: 'in-house', importId });
  assert.deepEqual([kept.lines, kept.inForce], ['0', false]);
});

test('what is exported are hashes that are imported again under the same key', async () => {
  const pieces = [];
  for await (const piece of client.consent.exportSuppressions({ list: 'in-house' })) {
    pieces.push(piece);
  }

  const hashes = pieces.flatMap(piece => piece.hashes);
  const lines = hashes.map(hash => `hash:${BigInt(hash).toString(16).padStart(16, '0')}`);
  const copy = await importing({ list: 'copy', keyId: pieces[0].keyId },
    [{ lines: { first: 1, lines } }, { end: { lines: lines.length } }]);

  assert.equal(Number(copy.list.entries), hashes.length);
  await client.consent.removeSuppressionList({ list: 'copy' });
});
