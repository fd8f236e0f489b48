// Who may call what, as a program in another language lives with it: keys in the header, by gRPC and by HTTP.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after } from 'node:test';
import grpc from '@grpc/grpc-js';
import { ThrottleClient } from './client.mjs';
import { refusalOf } from './refusals.mjs';
import { newFolder, ThrottleServer } from './server.mjs';

const adminKey = 'an-admin-key-that-is-long-enough-for-its-job';
const folder = await newFolder();
await writeFile(join(folder, 'admin.key'), adminKey);
const server = await ThrottleServer.start(
  { 'Access:Required': true, 'Access:AdminKeyPath': join(folder, 'admin.key') }, folder);
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const as = key => {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${key}`);
  return { metadata };
};
const contact = brand => ({ personId: 'ann', channel: 'email', purpose: 'marketing', brand });

test('a key opens what its role and its brands allow, until it is revoked', async () => {
  const { key, keyText } = await client.access.createKey(
    { name: 'mail platform', role: 'ROLE_SENDER', brands: ['north'] }, as(adminKey));

  const caller = await client.access.getCaller({}, as(keyText));
  const { decision } = await client.throttle.check({ contact: contact('north') }, as(keyText));
  const brand = await refusalOf(client.throttle.check({ contact: contact('south') }, as(keyText)));
  const role = await refusalOf(client.access.listKeys({}, as(keyText)));

  assert.deepEqual([caller.name, caller.role, caller.brands], ['mail platform', 'ROLE_SENDER', ['north']]);
  assert.equal(decision.verdict, 'VERDICT_ALLOW');
  assert.deepEqual([brand.reason, role.reason], ['BRAND_NOT_ALLOWED', 'ROLE_NOT_ALLOWED']);

  await client.access.revokeKey({ keyId: key.keyId }, as(adminKey));
  assert.equal((await refusalOf(client.access.getCaller({}, as(keyText)))).reason, 'CREDENTIALS_INVALID');
  const { keys } = await client.access.listKeys({}, as(adminKey));
  assert.ok(keys.find(({ keyId }) => keyId === key.keyId).revokedAt);
});

test('no call goes through without a key', async () => {
  const refusal = await refusalOf(client.throttle.check({ contact: contact('north') }));

  assert.deepEqual([refusal.code, refusal.reason], ['UNAUTHENTICATED', 'CREDENTIALS_MISSING']);
});

test('by HTTP the header is the same', async () => {
  const ask = headers => fetch(`${server.httpUrl}/h2h.throttle.v1.AccessService/GetCaller`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: '{}',
  });

  const without = await ask({});
  const withKey = await ask({ Authorization: `Bearer ${adminKey}` });

  assert.equal(without.status, 401);
  assert.deepEqual(await withKey.json(), { name: 'admin key file', role: 'ROLE_ADMIN' });
});
