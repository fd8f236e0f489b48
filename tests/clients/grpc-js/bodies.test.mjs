// What goes over the wire besides well-formed small requests: compressed ones, large ones, and what is none.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import http2 from 'node:http2';
import test, { after } from 'node:test';
import { gzipSync } from 'node:zlib';
import grpc from '@grpc/grpc-js';
import { ThrottleClient, definition } from './client.mjs';
import { refusalOf } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const document = await readFile(new URL('policy.yaml', import.meta.url), 'utf8');
const { Check, Reserve } = definition['h2h.throttle.v1.ThrottleService'];
const contact = () => ({ personId: randomUUID(), channel: 'email', purpose: 'marketing' });

/** Makes a unary call with these bytes as its request. */
function send(bytes, { path, responseDeserialize } = Check) {
  const stub = new grpc.Client(server.grpcAddress, grpc.credentials.createInsecure());
  return new Promise((resolve, reject) => {
    stub.makeUnaryRequest(path, value => value, responseDeserialize, bytes, (error, answer) => {
      stub.close();
      error ? reject(error) : resolve(answer);
    });
  });
}

for (const [name, algorithm] of Object.entries({ deflate: 1, gzip: 2 })) {
  test(`requests may be compressed with ${name}`, async () => {
    const packing = new ThrottleClient(server.grpcAddress, { 'grpc.default_compression_algorithm': algorithm });
    const long = `${document}${'# and so on\n'.repeat(20_000)}`;

    const { policy } = await packing.policy.publishPolicy({ document: long });
    const answer = await packing.policy.getPolicy({ version: policy.version });
    const { decision } = await packing.throttle.reserve({ contact: contact() });

    packing.close();
    assert.equal(answer.policy.document, long);
    assert.equal(decision.policyVersion, policy.version);
  });
}

test('a gzip frame that is written by hand is understood', async () => {
  const packed = gzipSync(Check.requestSerialize({ contact: contact() }));
  const frame = Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), packed]);
  frame.writeUInt32BE(packed.length, 1);
  const session = http2.connect(`http://${server.grpcAddress}`);
  const stream = session.request({
    ':method': 'POST', ':path': Check.path, 'content-type': 'application/grpc', te: 'trailers', 'grpc-encoding': 'gzip',
  });
  const trailers = new Promise(resolve => stream.once('trailers', resolve));
  stream.end(frame);

  const body = Buffer.concat(await stream.toArray());

  session.close();
  assert.equal((await trailers)['grpc-status'], '0');
  assert.equal(Check.responseDeserialize(body.subarray(5)).decision.verdict, 'VERDICT_ALLOW');
});

test('a request that is too large is refused, unpacked or packed', async () => {
  const large = { document: '#'.repeat(5 * 1024 * 1024) };
  const packing = new ThrottleClient(server.grpcAddress, { 'grpc.default_compression_algorithm': 2 });

  for (const sender of [client, packing]) {
    const { code, reason } = await refusalOf(sender.policy.validatePolicy(large));

    assert.deepEqual([code, reason], ['RESOURCE_EXHAUSTED', 'BODY_TOO_LARGE']);
  }

  packing.close();
});

test('a request that is no protobuf is refused', async () => {
  const { code, reason, domain } = await refusalOf(send(Buffer.from('{"contact":{}}')));

  assert.deepEqual([code, reason, domain], ['INVALID_ARGUMENT', 'BODY_MALFORMED', 'throttle.h2h']);
});

test('a field that the server does not know yet is passed over', async () => {
  const known = Reserve.requestSerialize({ contact: contact() });
  const fieldOf2000 = Buffer.from([0x82, 0x7d, 0x05, ...Buffer.from('later')]);

  const { decision } = await send(Buffer.concat([known, fieldOf2000]), Reserve);

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
});

test('texts of every alphabet go there and back', async () => {
  const words = { ...contact(), brand: 'Šárka & 株式会社', campaign: '🎈 весна', labels: { größe: 'très grand' } };

  const recorded = await client.throttle.record({ contact: words });

  const { brand, campaign, labels } = recorded.contact.contact;
  assert.deepEqual([brand, campaign, labels], [words.brand, words.campaign, words.labels]);
});

test('an error message in any alphabet arrives whole', async () => {
  const mistaken = document.replace('cap: 3 ', 'größe: 3 ');

  const { message, status, violations } = await refusalOf(client.policy.publishPolicy({ document: mistaken }));

  assert.match(message, /größe/);
  assert.equal(message, status.message);
  assert.ok(violations.some(({ description }) => description.includes('größe')));
});
