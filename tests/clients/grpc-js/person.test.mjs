// What is known of a person, and who contacted them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { refusalOf } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const email = personId => ({ personId, channel: 'email', purpose: 'marketing' });
const unknown = {
  personId: '', zone: '', zones: [], country: '', attributes: {}, limits: [], quietTimes: [], holds: [], pools: [],
};

test('a person who was never heard of is an empty person', async () => {
  const { person } = await client.person.getPerson({ personId: randomUUID() });

  assert.deepEqual(person, unknown);
});

test('what is set stays known, and the id is never given back', async () => {
  const personId = randomUUID();
  const facts = {
    zone: 'America/New_York',
    country: 'US',
    attributes: { tier: 'gold' },
    limits: [{ cap: 1, window: 'calendar week', channel: 'email', purpose: '', topic: '', brand: '' }],
  };

  const updated = await client.person.updatePerson({ requestId: randomUUID(), person: { personId, ...facts } });
  const read = await client.person.getPerson({ personId });

  assert.deepEqual(updated.person, { ...unknown, ...facts });
  assert.deepEqual(read.person, updated.person);
});

test('an update mask changes the fields that it names and no other', async () => {
  const personId = randomUUID();
  await client.person.updatePerson({ person: { personId, zone: 'Europe/Rome', country: 'IT' } });

  const { person } = await client.person.updatePerson({
    person: { personId, country: 'FR', attributes: { tier: 'gold' } },
    updateMask: { paths: ['zone', 'attributes'] },
  });

  assert.deepEqual(person, { ...unknown, zone: '', country: 'IT', attributes: { tier: 'gold' } });
});

test('a limit that the person sets is stricter than the policy', async () => {
  const personId = randomUUID();
  await client.person.updatePerson({ person: { personId, limits: [{ cap: 1, window: 'rolling 24h' }] } });
  await client.throttle.reserve({ contact: email(personId) });

  const { decision } = await client.throttle.reserve({ contact: email(personId) });

  assert.equal(decision.verdict, 'VERDICT_DENY');
  assert.deepEqual(decision.reasons.map(({ rule, code, used, limit }) => [rule, code, used, limit]),
    [['person-limit', 'REASON_CODE_PERSON_LIMIT', '1', '1']]);
});

test('candidate zones and quiet times are kept, and the times stop contact wherever the person may be', async () => {
  const personId = randomUUID();
  const quietTimes = ['00:00-12:00', '12:00-24:00'].map(hours =>
    ({ times: `daily ${hours}`, until: '', channel: 'email', purpose: '', topic: '', brand: '' }));
  const zones = ['America/New_York', 'America/Chicago'];

  const { person } = await client.person.updatePerson({ person: { personId, zones, quietTimes } });

  assert.deepEqual(person, { ...unknown, zones, quietTimes });
  const { decision } = await client.throttle.check({ contact: email(personId) });
  assert.equal(decision.verdict, 'VERDICT_DENY');
  assert.ok(decision.reasons.every(({ rule, code }) =>
    rule === 'person-quiet' && code === 'REASON_CODE_PERSON_LIMIT'));
  assert.ok(decision.allowedChannels.includes('sms'));
});

test('quiet times that no week has are refused', async () => {
  const quietTimes = [{ times: 'weekends' }, { times: 'mon all', until: '2026-02-30' }];

  const { violations } = await refusalOf(
    client.person.updatePerson({ person: { personId: randomUUID(), quietTimes } }));

  assert.deepEqual(violations.map(({ field, reason }) => [field, reason]).sort(),
    [['person.quiet_times[0].times', 'LIMIT_INVALID'], ['person.quiet_times[1].until', 'LIMIT_INVALID']]);
});

test('a hold revokes what it stops, and stops it until it is lifted', async () => {
  const personId = randomUUID();
  const { reservation } = await client.throttle.reserve({ contact: email(personId) });

  const placed = await client.person.placeHold({ personId, hold: 'open_complaint', reason: 'case 4' });
  const { decision } = await client.throttle.check({ contact: email(personId) });
  const lifted = await client.person.liftHold({ personId, hold: 'open_complaint' });

  assert.deepEqual(placed.revokedReservationIds, [reservation.reservationId]);
  assert.deepEqual([placed.person.holds, lifted.person.holds], [['open_complaint'], []]);
  assert.deepEqual(decision.reasons.map(({ rule, code }) => [rule, code]), [['open-complaint', 'REASON_CODE_ON_HOLD']]);
  assert.equal((await client.throttle.check({ contact: email(personId) })).decision.verdict, 'VERDICT_ALLOW');
});

test('an event is what a rule may wait for, and what people say is none', async () => {
  const personId = randomUUID();
  const answer = () => client.throttle.check({ contact: { ...email(personId), topic: 'answer' } });
  const before = await answer();

  await client.person.recordEvent({ requestId: randomUUID(), personId, name: 'inbound_message', channel: 'email' });

  assert.deepEqual(before.decision.reasons.map(({ rule, code }) => [rule, code]),
    [['answers-alone', 'REASON_CODE_NEED_MISSING']]);
  assert.equal((await answer()).decision.verdict, 'VERDICT_ALLOW');
  const { field, reason } = await refusalOf(client.person.recordEvent({ personId, name: 'opt_out' }));
  assert.deepEqual([field, reason], ['name', 'FIELD_NOT_ALLOWED']);
});

test('rules about an outcome go by what was talked about', async () => {
  const personId = randomUUID();
  const about = subject => ({ ...email(personId), topic: 'debt', subjects: [subject] });
  const verdict = async subject => (await client.throttle.check({ contact: about(subject) })).decision.verdict;

  const { contact } = await client.throttle.record({
    contact: about('card'), outcome: 'conversation', discussed: ['loan'],
  });

  assert.deepEqual([contact.contact.subjects, contact.discussed], [['card'], ['loan']]);
  assert.deepEqual([await verdict('card'), await verdict('loan')], ['VERDICT_ALLOW', 'VERDICT_DENY']);
});

test('rules may go by what is known of a person', async () => {
  const [gold, other] = [randomUUID(), randomUUID()];
  await client.person.updatePerson({ person: { personId: gold, attributes: { tier: 'gold' } } });
  const offer = personId => client.throttle.reserve({ contact: { ...email(personId), topic: 'offers' } });
  await offer(gold);
  await offer(other);

  const [more, enough] = [await offer(gold), await offer(other)];

  assert.equal(more.decision.verdict, 'VERDICT_ALLOW');
  assert.deepEqual(enough.decision.reasons.map(({ rule, limit }) => [rule, limit]), [['gold-gets-more', '1']]);
});

test('contacts are listed newest first, or oldest first if asked', async () => {
  const personId = randomUUID();
  const ids = [];
  for (let made = 0; made < 3; made++) {
    ids.push((await client.throttle.record({ contact: email(personId) })).contact.contactId);
  }

  const newest = await client.person.listContacts({ personId });
  const oldest = await client.person.listContacts({ personId, order: 'CONTACT_ORDER_OLDEST_FIRST' });

  assert.deepEqual(newest.contacts.map(listed => listed.contactId), ids.toReversed());
  assert.deepEqual(oldest.contacts.map(listed => listed.contactId), ids);
});

test('contacts are listed page by page, each once, until there is no next page', async () => {
  const personId = randomUUID();
  for (let made = 0; made < 5; made++) {
    await client.throttle.record({ contact: email(personId) });
  }

  const pages = [];
  let pageToken = '';
  do {
    const page = await client.person.listContacts({ personId, pageSize: 2, pageToken });
    pages.push(page.contacts.map(listed => listed.contactId));
    pageToken = page.nextPageToken;
  } while (pageToken);

  const { contacts } = await client.person.listContacts({ personId });
  assert.deepEqual(pages.map(page => page.length), [2, 2, 1]);
  assert.deepEqual(pages.flat(), contacts.map(listed => listed.contactId));
});

test('neither ids nor addresses of people come back', async () => {
  const personId = 'ann@example.org';
  await client.throttle.record({ contact: { ...email(personId), address: 'ann@example.org' } });

  const listed = await client.person.listContacts({ personId });

  assert.equal(listed.contacts.length, 1);
  assert.ok(!JSON.stringify(listed).includes('ann@'));
});

test('people of one pool share its limit, and whoever leaves takes their contacts along', async () => {
  const [ann, bob] = [randomUUID(), randomUUID()];
  const pool = { kind: 'household', poolId: randomUUID() };
  await client.person.joinPool({ requestId: randomUUID(), personId: ann, ...pool });
  const { pools } = await client.person.joinPool({ requestId: randomUUID(), personId: bob, ...pool });
  const offer = personId => ({ ...email(personId), topic: 'home' });
  await client.throttle.reserve({ contact: offer(ann) });

  const denied = await client.throttle.reserve({ contact: offer(bob) });
  const seen = await client.person.getPool(pool);
  await client.person.leavePool({ personId: ann, ...pool });
  const allowed = await client.throttle.reserve({ contact: offer(bob) });

  assert.deepEqual(denied.decision.reasons.map(({ rule, used, counted }) => [rule, used, counted]),
    [['one-offer-a-household', '1', []]]);
  assert.deepEqual(seen.pool, { kind: 'household', poolKey: pools[0].poolKey, people: 2, contacts: 1 });
  assert.equal(allowed.decision.verdict, 'VERDICT_ALLOW');
});
