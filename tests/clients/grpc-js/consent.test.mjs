// What a person says: no, yes again, not now.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { ThrottleClient } from './client.mjs';
import { day, later, timestamp } from './instants.mjs';
import { refusalOf } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start({ 'Public:UnsubscribeMail': 'stop@lists.example.com' });
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const contact = (personId, channel = 'email') => ({ personId, channel, purpose: 'marketing' });
const check = async (personId, channel) =>
  (await client.throttle.check({ contact: contact(personId, channel) })).decision;
const scopes = statements => statements.map(({ scope }) => scope);
const everything = { channel: '', purpose: '', topic: '', brand: '' };

test('a person of whom nothing was heard has said nothing', async () => {
  const { consent } = await client.consent.getConsent({ personId: randomUUID() });

  assert.deepEqual(consent, { optOuts: [], optIns: [], snoozes: [], given: [] });
});

test('after an opt-out nothing is allowed any more, and waiting does not help', async () => {
  const personId = randomUUID();

  const { consent } = await client.consent.optOut({ requestId: randomUUID(), personId, source: 'preference centre' });

  assert.deepEqual(scopes(consent.optOuts), [everything]);
  assert.equal(consent.optOuts[0].source, 'preference centre');
  const decision = await check(personId);
  assert.equal(decision.verdict, 'VERDICT_DENY');
  assert.deepEqual(decision.reasons.map(({ rule, code, freeAt, never }) => [rule, code, freeAt, never]),
    [['opt-out', 'REASON_CODE_OPTED_OUT', null, true]]);
  assert.equal(decision.never, true);
});

test('an opt-out revokes what is reserved, and the sender hears of it when it confirms', async () => {
  const personId = randomUUID();
  const { reservation: { reservationId } } = await client.throttle.reserve({ contact: contact(personId) });

  const { revokedReservationIds } = await client.consent.optOut({ personId });

  assert.deepEqual(revokedReservationIds, [reservationId]);
  const { contacts } = await client.person.listContacts({ personId });
  assert.deepEqual(contacts.map(listed => listed.state), ['CONTACT_STATE_REVOKED']);
  const confirmed = await client.throttle.confirm({ reservationId });
  assert.equal(confirmed.revoked, true);
  assert.deepEqual(confirmed.overshoot.map(reason => reason.code), ['REASON_CODE_OPTED_OUT']);
});

test('an opt-out from one channel leaves the others open', async () => {
  const personId = randomUUID();

  await client.consent.optOut({ personId, scope: { channel: 'email' } });

  const decision = await check(personId, 'email');
  assert.equal(decision.verdict, 'VERDICT_DENY');
  assert.deepEqual(decision.allowedChannels, ['sms', 'phone']);
  assert.equal((await check(personId, 'sms')).verdict, 'VERDICT_ALLOW');
});

test('an opt-in after it frees the channel again', async () => {
  const personId = randomUUID();
  await client.consent.optOut({ personId, scope: { channel: 'email' } });

  const { consent, lifted } = await client.consent.optIn({ personId, scope: { channel: 'email' } });

  assert.equal(lifted, 1);
  assert.deepEqual(consent.optOuts, []);
  assert.equal((await check(personId)).verdict, 'VERDICT_ALLOW');
});

test('an opt-in to one channel frees that part of an opt-out from everything', async () => {
  const personId = randomUUID();
  await client.consent.optOut({ personId });

  const { consent, lifted } = await client.consent.optIn({ personId, scope: { channel: 'email' } });

  assert.equal(lifted, 0);
  assert.deepEqual([scopes(consent.optOuts), scopes(consent.optIns)],
    [[everything], [{ ...everything, channel: 'email' }]]);
  assert.equal((await check(personId, 'email')).verdict, 'VERDICT_ALLOW');
  assert.equal((await check(personId, 'sms')).verdict, 'VERDICT_DENY');
});

test('a snooze denies until its end, and says when that is', async () => {
  const personId = randomUUID();
  const until = timestamp(Date.now() + 3 * day);

  const { consent } = await client.consent.snooze({ personId, until });

  assert.deepEqual(consent.snoozes, [{ scope: everything, until }]);
  const decision = await check(personId);
  assert.deepEqual(decision.reasons.map(({ rule, code }) => [rule, code]), [['snooze', 'REASON_CODE_SNOOZED']]);
  assert.deepEqual(decision.nextAllowedAt, until);
});

test('a snooze may be ended early', async () => {
  const personId = randomUUID();
  await client.consent.snooze({ personId, until: timestamp(Date.now() + day) });

  const { consent } = await client.consent.snooze({ personId, wake: true });

  assert.deepEqual(consent.snoozes, []);
  assert.equal((await check(personId)).verdict, 'VERDICT_ALLOW');
});

test('a later snooze of the same scope takes the place of the earlier one', async () => {
  const personId = randomUUID();
  const until = timestamp(Date.now() + day);
  await client.consent.snooze({ personId, scope: { channel: 'sms' }, until });

  await client.consent.snooze({ personId, scope: { channel: 'sms' }, until: later(until, day) });

  const { consent } = await client.consent.getConsent({ personId });
  assert.deepEqual(consent.snoozes.map(snooze => snooze.until), [later(until, day)]);
});

test('a consent lets through what the policy asks it for, from its start to its end', async () => {
  const personId = randomUUID();
  const advice = () => client.throttle.check({ contact: { ...contact(personId), topic: 'advice' } });
  const until = timestamp(Date.now() + day);
  assert.deepEqual((await advice()).decision.reasons.map(({ rule, code }) => [rule, code]),
    [['calls-agreed-to', 'REASON_CODE_CONSENT_MISSING']]);

  const { consent } = await client.consent.grantConsent({
    requestId: randomUUID(), personId, name: 'advice', until, endsOn: ['conversation'], proof: 'form 17',
    source: 'shop',
  });

  assert.equal((await advice()).decision.verdict, 'VERDICT_ALLOW');
  const [{ startsAt, ...given }] = consent.given;
  assert.ok(Math.abs(Number(startsAt.seconds) * 1000 - Date.now()) < day);
  assert.deepEqual(given, {
    name: 'advice', scope: everything, except: [], endsAt: until, endedBy: '', endsOn: ['conversation'],
    proof: 'form 17', source: 'shop', inForce: true,
  });
});

test('a consent that is taken back revokes what was reserved thanks to it alone', async () => {
  const personId = randomUUID();
  await client.consent.grantConsent({ personId, name: 'advice' });
  await client.throttle.reserve({ contact: contact(personId) });
  const { reservation } = await client.throttle.reserve({ contact: { ...contact(personId), topic: 'advice' } });

  const { consent, revokedReservationIds } = await client.consent.revokeConsent({ personId, name: 'advice' });

  assert.deepEqual(revokedReservationIds, [reservation.reservationId]);
  assert.deepEqual(consent.given.map(({ endedBy, inForce }) => [endedBy, inForce]), [['consent_revoked', false]]);
});

test('a consent without a name, or that ends on what cannot happen, is refused', async () => {
  const { violations } = await refusalOf(
    client.consent.grantConsent({ personId: randomUUID(), endsOn: ['conversation', 'weather'] }));

  assert.deepEqual(violations.map(({ field, reason }) => [field, reason]).sort(),
    [['ends_on[1]', 'EVENT_UNKNOWN'], ['name', 'ID_EMPTY']]);
});

test('a mail to the address of the header opts out whom its token names, and not who wrote it', async () => {
  const [personId, writer] = [randomUUID(), `email:${randomUUID()}@example.org`];
  const scope = { ...everything, channel: 'email', brand: 'north' };
  const { listUnsubscribe } = await client.consent.createUnsubscribeLink({ personId, scope });
  const [, subject] = /^<http[^>]+>, <mailto:stop@lists\.example\.com\?subject=([^>]+)>$/.exec(listUnsubscribe);
  const mail = { requestId: randomUUID(), personId: writer, channel: 'email', text: decodeURIComponent(subject) };

  const { meaning, keyword, scope: understood } = await client.consent.receiveMessage(mail);
  await client.consent.receiveMessage(mail);

  assert.deepEqual([meaning, keyword, understood], ['MESSAGE_MEANING_OPT_OUT', 'unsubscribe', scope]);
  const { consent: { optOuts }, history } = await client.consent.getConsent({ personId });
  assert.deepEqual(optOuts.map(no => [no.scope, no.source]), [[scope, 'email UNSUBSCRIBE']]);
  assert.deepEqual(history.map(said => said.through), ['keyword']);
  assert.deepEqual((await client.consent.getConsent({ personId: writer })).consent.optOuts, []);
});

test('a mail whose token is bent opts nobody out', async () => {
  const [personId, writer] = [randomUUID(), randomUUID()];
  const { url } = await client.consent.createUnsubscribeLink({ personId });
  const token = url.split('/').at(-1);

  const { meaning } = await client.consent.receiveMessage(
    { personId: writer, channel: 'email', text: `unsubscribe ${token.slice(0, -1)}` });

  assert.notEqual(meaning, 'MESSAGE_MEANING_OPT_OUT');
  for (const person of [personId, writer]) {
    assert.deepEqual((await client.consent.getConsent({ personId: person })).consent.optOuts, []);
  }
});

test('a person who has said more different things than are kept can still say no to everything', async () => {
  const personId = randomUUID();
  const optOut = topic => client.consent.optOut({ personId, scope: { topic } });
  for (let said = 0; said < 256; said++) {
    await optOut(`topic ${said}`);
  }

  const { code, reason } = await refusalOf(optOut('one more'));
  const { consent } = await client.consent.optOut({ personId });

  assert.deepEqual([code, reason], ['FAILED_PRECONDITION', 'RECORD_FULL']);
  assert.ok(scopes(consent.optOuts).some(scope => JSON.stringify(scope) === JSON.stringify(everything)));
  assert.equal((await check(personId)).verdict, 'VERDICT_DENY');
});
