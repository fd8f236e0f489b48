// A day on which every call of the service is made once or more, for whichever transport is to make them.
import { readFile } from 'node:fs/promises';
import { day, hour, minute, timestamp } from './instants.mjs';

const start = Date.parse('2026-03-02T08:00:00Z');
const at = ms => timestamp(start + ms);

/**
 * Lives through the day; what every call answered, in order, as `[call, answer]`.
 * @param ask Makes one call, `ThrottleService/Check` and the like, and promises its answer.
 */
export async function liveThrough(ask) {
  const answers = [];
  const say = async (call, request) => {
    const answer = await ask(call, request);
    answers.push([call, answer]);
    return answer;
  };
  await askAndReserve(say);
  await listen(say);
  await know(say);
  await rule(say);
  return answers;
}

const ann = {
  personId: 'ann', channel: 'email', purpose: 'marketing', brand: 'acme', campaign: 'spring', topic: 'offers',
  sender: 'mailer', subjects: ['shoes', 'hats'], labels: { shop: 'rome' }, priority: 40, weight: 3, country: 'IT',
  address: 'ann@example.org',
};
const bob = { personId: 'bob', channel: 'phone', purpose: 'marketing' };

async function askAndReserve(say) {
  await say('ThrottleService/Check', { contact: ann, at: at(0) });
  const first = await say('ThrottleService/Reserve', {
    requestId: 'first', contact: ann, timeToLive: { seconds: 1800 }, at: at(0),
  });
  await say('ThrottleService/Reserve', { requestId: 'first', contact: ann, timeToLive: { seconds: 1800 }, at: at(0) });
  const { reservationId } = first.reservation;
  await say('ThrottleService/Reserve', { requestId: 'second', contact: ann, at: at(minute) });
  await say('ThrottleService/Confirm', {
    reservationId, madeAt: at(2 * minute), outcome: 'sent', at: at(3 * minute),
  });
  await say('ThrottleService/ReportOutcome', {
    contactId: reservationId, outcome: { name: 'clicked', at: at(hour) }, at: at(hour),
  });
  const text = await say('ThrottleService/Reserve', {
    contact: { ...ann, channel: 'sms', topic: 'news' }, at: at(hour),
  });
  await say('ThrottleService/Release', { reservationId: text.reservation.reservationId, at: at(hour + minute) });
  await say('ThrottleService/Record', { contact: { ...ann, topic: 'news' }, madeAt: at(-day), at: at(2 * hour) });
  await say('ThrottleService/Record', { contact: ann, outcome: 'delivered', at: at(2 * hour) });
  await say('ThrottleService/Record', { contact: ann, at: at(2 * hour) });
  await say('ThrottleService/Record', { contact: ann, at: at(2 * hour) });
  await say('ThrottleService/Check', { contact: { ...ann, plannedAt: at(3 * hour) }, at: at(2 * hour) });
  await say('ThrottleService/Check', { contact: { ...ann, channel: 'mail' }, at: at(2 * hour) });
  await say('ThrottleService/Reserve', { contact: bob, timeToLive: { seconds: 86_400 }, at: at(0) });
  await say('ThrottleService/Explain', { contact: ann, at: at(2 * hour), timeZone: 'Europe/Rome' });
  await say('ThrottleService/PlanContacts', { contacts: [ann, { ...ann, priority: 90 }], at: at(2 * hour) });
  await say('ThrottleService/BatchCheck', {
    items: [
      { correlationId: 'a', contact: ann, at: at(2 * hour) },
      { correlationId: 'b', contact: { ...bob, purpose: 'gossip' }, at: at(2 * hour) },
    ],
  });
  await say('ThrottleService/BatchReserve', {
    items: [
      { correlationId: 'a', requestId: 'batched', contact: { ...ann, channel: 'mail' }, at: at(2 * hour) },
      { correlationId: 'b', contact: { ...bob, channel: 'fax' }, at: at(2 * hour) },
    ],
  });
  await say('ThrottleService/FindSlots', { contact: bob, until: at(30 * day), maxSlots: 2, at: at(hour) });
}

async function listen(say) {
  await say('ConsentService/OptOut', { personId: 'bob', source: 'hotline', at: at(2 * hour) });
  await say('ConsentService/OptIn', { personId: 'bob', scope: { channel: 'sms' }, at: at(3 * hour) });
  await say('ConsentService/Snooze', { personId: 'bob', scope: { topic: 'news' }, until: at(day), at: at(3 * hour) });
  await say('ConsentService/GrantConsent', { personId: 'bob', name: 'calls', at: at(3 * hour) });
  await say('ConsentService/GetConsent', { personId: 'bob', at: at(4 * hour) });
  await say('ConsentService/RevokeConsent', { personId: 'bob', name: 'calls', at: at(4 * hour) });
  await say('ConsentService/ReceiveMessage', {
    requestId: 'message', personId: 'eve', channel: 'sms', text: 'Stop!', brand: 'acme', language: 'it',
    at: at(4 * hour),
  });
  await say('ConsentService/CreateUnsubscribeLink', {
    personId: 'eve', scope: { channel: 'email', brand: 'acme' }, at: at(4 * hour),
  });
  await say('ConsentService/CreatePageLink', { personId: 'eve', at: at(4 * hour) });
  await say('ConsentService/ListSuppressionLists', {});
  await say('ThrottleService/Check', { contact: bob, at: at(4 * hour) });
  await say('ConsentService/Snooze', { personId: 'bob', wake: true, at: at(5 * hour) });
}

async function know(say) {
  await say('PersonService/UpdatePerson', {
    person: {
      personId: 'bob', zone: 'Europe/Rome', country: 'IT', attributes: { tier: 'gold' },
      limits: [{ cap: 1, window: 'calendar week', channel: 'sms' }],
    },
    at: at(5 * hour),
  });
  await say('PersonService/UpdatePerson', {
    person: { personId: 'bob', zone: 'Europe/Paris' }, updateMask: { paths: ['zone', 'country'] }, at: at(5 * hour),
  });
  await say('PersonService/PlaceHold', { personId: 'bob', hold: 'complaint', reason: 'ticket 7', at: at(5 * hour) });
  await say('PersonService/GetPerson', { personId: 'bob' });
  await say('PersonService/LiftHold', { personId: 'bob', hold: 'complaint', at: at(5 * hour) });
  await say('PersonService/RecordEvent', { personId: 'bob', name: 'purchase', brand: 'acme', at: at(5 * hour) });
  const pool = { kind: 'household', poolId: '12 elm street' };
  await say('PersonService/JoinPool', { personId: 'bob', ...pool, at: at(5 * hour) });
  await say('PersonService/GetPool', pool);
  await say('PersonService/LeavePool', { personId: 'bob', ...pool, at: at(5 * hour) });
  await say('PersonService/GetPerson', { personId: 'nobody' });
  const address = 'email:Bob@Example.org';
  await say('PersonService/LinkAddress', { personId: 'bob', address, at: at(5 * hour) });
  await say('PersonService/GetPerson', { personId: 'email:bob@example.org' });
  await say('PersonService/UnlinkAddress', { personId: 'bob', address, at: at(5 * hour) });
  await say('PersonService/MergePeople', {
    sourcePersonId: 'tel:+390212345678', targetPersonId: 'bob', at: at(5 * hour),
  });
  await say('PersonService/UndoMerge', { personId: 'tel:+39 02 12345678', at: at(5 * hour) });
  await say('PersonService/ExportPerson', { personId: 'bob', at: at(6 * hour) });
  await say('PersonService/ErasePerson', { personId: 'device:old-phone', at: at(6 * hour) });
  const page = await say('PersonService/ListContacts', { personId: 'ann', pageSize: 2, at: at(6 * hour) });
  await say('PersonService/ListContacts', {
    personId: 'ann', pageSize: 2, pageToken: page.nextPageToken, at: at(6 * hour),
  });
  await say('PersonService/ListContacts', {
    personId: 'bob', order: 'CONTACT_ORDER_OLDEST_FIRST', at: at(6 * hour),
  });
}

async function rule(say) {
  const document = await readFile(new URL('policy.yaml', import.meta.url), 'utf8');
  await say('PolicyService/GetPolicy', {});
  await say('PolicyService/ListPresets', {});
  await say('PolicyService/ValidatePolicy', { document: document.replace('cap: 1\n', 'cap: 0\n') });
  await say('PolicyService/PublishPolicy', { document, comment: 'again', expectedVersion: 1 });
  await say('PolicyService/AdjustCap', { rule: 'three-a-day', cap: { unlimited: true } });
  await say('PolicyService/AdjustCap', { rule: 'three-a-day', cap: { limit: 9 }, comment: 'sale' });
  await say('PolicyService/PublishShadowPolicy', { document, comment: 'look first' });
  await say('ThrottleService/Reserve', { contact: { ...ann, personId: 'cyd' }, at: at(2 * day) });
  await say('PolicyService/GetShadow', {});
  await say('PolicyService/EndShadowPolicy', {});
  await say('PolicyService/RollBackPolicy', { version: 1, comment: 'sale is over', expectedVersion: 4 });
  await say('PolicyService/ListPolicyVersions', { pageSize: 10 });
  await say('PolicyService/GetPolicy', { version: 1 });
}
