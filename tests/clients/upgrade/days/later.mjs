// A day that fills a store with every other kind of record: people with addresses, consents, holds, events and pools,
// two of them joined and one erased; a suppression list, keys, webhooks with a dead letter, a shadow policy.
// Only calls and fields that version d70068b had.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../asking.mjs';
import { h2h } from '../h2h.mjs';

const start = Date.parse('2126-03-04T08:00:00Z');
const hour = 60 * 60_000;
const day = 24 * hour;
const at = ms => new Date(start + ms).toISOString();

const mail = { channel: 'email', purpose: 'marketing', brand: 'acme' };
const call = { channel: 'phone', purpose: 'marketing', brand: 'acme' };
const house = { kind: 'household', poolId: '12 elm street' };

export const policy = `policy: upgrade
zone: Europe/Rome
channels: [email, sms, phone, mail]
purposes:
  marketing: {}
  service: { capped: false, counted: false }
rules:
  - { name: three-a-day, cap: 3, in: calendar day }
  - { name: two-a-house, when: { channel: phone }, cap: 2, in: rolling 7d, pool: household }
  - { name: asked, when: { channel: sms }, consent: { opt_in: texts } }
  - { name: registered, when: { channel: phone }, list: { name: in-house } }
  - { name: complaints, hold: complaint }
  - { name: thanks, cooldown: rolling 72h, after: { event: purchase } }
  - { name: half-a-year, when: { topic: news }, cap: 2, in: last 6 months }
`;

/** Lives through the day; what nobody is told twice. */
export async function liveThrough({ httpUrl, grpcAddress }) {
  const say = (name, request) => ask(httpUrl, name, request);
  await know(say);
  await contact(say);
  await load(grpcAddress);
  const { keyText: key } = await say('AccessService/CreateKey', {
    name: 'mailer', role: 'ROLE_SENDER', brands: ['acme'],
  });
  await rule(say);
  return { key, webhook: await tell(say) };
}

async function know(say) {
  await say('PersonService/UpdatePerson', {
    person: { personId: 'ann', zone: 'America/St_Johns', country: 'CA', attributes: { tier: 'gold' } }, at: at(0),
  });
  const addresses = [['ann', 'email:Ann@example.org'], ['ann', 'tel:+390212345678'], ['bob', 'device:7']];
  for (const [personId, address] of addresses) {
    await say('PersonService/LinkAddress', { personId, address, at: at(0) });
  }

  for (const personId of ['ann', 'bob']) {
    await say('PersonService/JoinPool', { personId, ...house, at: at(0) });
  }

  await say('ConsentService/GrantConsent', {
    personId: 'ann', name: 'texts', scope: { brand: 'acme' }, startsAt: at(-day), until: at(90 * day),
    endsOn: ['conversation'], proof: 'form 7', source: 'web', at: at(0),
  });
  await say('ConsentService/GrantConsent', { personId: 'bob', name: 'texts', at: at(0) });
  await say('ConsentService/RevokeConsent', { personId: 'bob', name: 'texts', at: at(hour) });
  await say('ConsentService/OptOut', {
    personId: 'bob', scope: { channel: 'email', brand: 'north' }, source: 'web', at: at(hour),
  });
  await say('ConsentService/ReceiveMessage', {
    requestId: 'stop', personId: 'fay', channel: 'sms', text: 'Stop!', brand: 'acme', language: 'it', at: at(hour),
  });
  await say('PersonService/PlaceHold', { personId: 'gus', hold: 'complaint', reason: 'ticket 7', at: at(hour) });
  await say('PersonService/RecordEvent', { personId: 'ann', name: 'purchase', brand: 'acme', at: at(-3 * day) });
}

async function contact(say) {
  await say('ThrottleService/Reserve', {
    requestId: 'call ann', contact: { personId: 'ann', ...call }, timeToLive: '86400s', at: at(hour),
  });
  await say('ThrottleService/BatchReserve', {
    items: [0, 1, 2, 3].map(item => ({
      correlationId: `${item}`, requestId: `item ${item}`, contact: { personId: 'bob', ...mail, topic: 'news' },
      at: at(2 * hour + item),
    })),
  });
  await say('ThrottleService/Record', {
    contact: { personId: 'device:7', ...mail }, outcome: 'delivered', madeAt: at(hour), at: at(2 * hour),
  });
  await say('ThrottleService/Reserve', { contact: { personId: 'tel:+393331234567', ...mail }, at: at(2 * hour) });
  await say('PersonService/MergePeople', {
    sourcePersonId: 'tel:+393331234567', targetPersonId: 'ann', at: at(3 * hour),
  });
  await say('ThrottleService/Reserve', { contact: { personId: 'email:ida@example.org', ...mail }, at: at(2 * hour) });
  await say('PersonService/ErasePerson', { personId: 'email:ida@example.org', at: at(3 * hour) });
}

/** The list comes in a stream, which JSON over HTTP has none of. */
async function load(grpcAddress) {
  const folder = mkdtempSync(join(tmpdir(), 'h2h-throttle-list-'));
  const numbers = Array.from({ length: 300 }, (_, number) => `+39 055 100 ${1000 + number}`);
  writeFileSync(join(folder, 'numbers.txt'), numbers.join('\n'));
  execFileSync(h2h, [
    'list', 'import', join(folder, 'numbers.txt'), '--list', 'in-house', '--as-of', '2026-11-01T00:00:00Z',
    '--server', `http://${grpcAddress}`,
  ], { stdio: 'inherit' });
  rmSync(folder, { recursive: true });
}

async function rule(say) {
  await say('PolicyService/AdjustCap', { rule: 'three-a-day', cap: { limit: 4 }, comment: 'sale' });
  await say('PolicyService/PublishShadowPolicy', {
    document: policy.replace('cap: 3', 'cap: 1'), comment: 'look first',
  });
  for (const personId of ['hal', 'hal', 'iris']) {
    await say('ThrottleService/Reserve', { contact: { personId, ...mail }, at: at(4 * hour) });
  }
}

/** Leaves a webhook with an event that its receiver would not take, paused; its secret. */
async function tell(say) {
  const receiver = createServer((request, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${receiver.address().port}/h2h`;
  const { secret } = await say('WebhookService/CreateWebhook', {
    webhook: { name: 'crm', url, kinds: ['reservation_revoked'], brands: ['acme'] },
  });
  await say('ThrottleService/Reserve', {
    contact: { personId: 'jon', ...mail }, timeToLive: '86400s', at: at(5 * hour),
  });
  await say('ConsentService/OptOut', { personId: 'jon', source: 'hotline', at: at(5 * hour) });
  for (let isDead = false; !isDead;) {
    const { deadLetters } = await say('WebhookService/ListDeadLetters', { name: 'crm' });
    isDead = deadLetters?.length > 0;
  }

  await say('WebhookService/UpdateWebhook', { webhook: { name: 'crm', paused: true }, updateMask: 'paused' });
  receiver.close();
  return secret;
}

const people = [
  'ann', 'email:ann@example.org', 'tel:+39 02 12345678', 'tel:+393331234567', 'bob', 'device:7', 'fay', 'gus', 'hal',
  'email:ida@example.org', 'jon',
];

/** What is asked afterwards, without changing anything: `[call, request]`. */
export const questions = [
  ...[6 * hour, 5 * day, 200 * day].flatMap(later => people.flatMap(personId =>
    [mail, { ...mail, topic: 'news' }, { ...mail, brand: 'north' }, call, { ...call, channel: 'sms' }].map(contact =>
      ['ThrottleService/Check', { contact: { personId, ...contact }, at: at(later) }]))),
  ...['+390551001000', '+390551001299', '+390551001300'].map(address =>
    ['ThrottleService/Check', { contact: { personId: 'kim', ...call, address }, at: at(6 * hour) }]),
  ['ThrottleService/Reserve', {
    requestId: 'call ann', contact: { personId: 'ann', ...call }, timeToLive: '86400s', at: at(hour),
  }],
  ...people.flatMap(personId => [
    ['PersonService/GetPerson', { personId }],
    ['PersonService/ListContacts', { personId, pageSize: 100, at: at(6 * hour) }],
    ['PersonService/ExportPerson', { personId, at: at(6 * hour) }],
    ['ConsentService/GetConsent', { personId, at: at(6 * hour) }],
  ]),
  ['PersonService/GetPool', house],
  ['ConsentService/ListSuppressionLists', {}],
  ['PolicyService/GetPolicy', {}], ['PolicyService/GetShadow', {}], ['PolicyService/ListPolicyVersions', {}],
  ['AccessService/ListKeys', {}],
  ['WebhookService/ListWebhooks', {}], ['WebhookService/ListDeadLetters', { name: 'crm' }],
  ['JournalService/ListEntries', { pageSize: 1000 }],
];
