// A day that fills a store with what its records can hold, and what is asked of it ever after. Only calls and fields
// that the first version had: the same day can be lived through with each. It is far in the future, so that what was
// stored has not expired when it is read.
import { ask } from '../asking.mjs';

const start = Date.parse('2126-03-04T08:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = ms => new Date(start + ms).toISOString();

const ann = {
  personId: 'ann', channel: 'email', purpose: 'marketing', brand: 'acme', campaign: 'spring', topic: 'offers',
  sender: 'mailer', subjects: ['shoes', 'hats'], labels: { shop: 'rome' }, priority: 40, weight: 3, country: 'IT',
  address: 'ann@example.org',
};
const bob = { personId: 'bob', channel: 'phone', purpose: 'marketing' };
const eve = { personId: 'eve', channel: 'sms', purpose: 'marketing' };

const first = { requestId: 'first', contact: ann, timeToLive: '1800s', at: at(0) };
const second = { requestId: 'second', contact: ann, at: at(minute) };

/** The policy under which the day is lived: of rules that the first version knew. */
export const policy = `policy: upgrade
zone: Europe/Rome
channels: [email, sms, phone, mail]
purposes:
  marketing: {}
  service: { capped: false, counted: false }
unconfirmed: { default: count, phone: release }
outcomes: [clicked]
rules:
  - { name: three-a-day, cap: 3, in: rolling 24h }
  - { name: one-call-a-week, when: { channel: phone }, cap: 1, in: rolling 7d }
  - { name: once-in-a-life, when: { topic: news }, cap: 1, in: lifetime }
  - { name: pause-between-calls, when: { channel: phone }, gap: rolling 4h }
  - { name: nights, when: { channel: [sms, phone] }, quiet: { daily: "21:00-08:00" } }
`;

/** Lives through the day, on a server that believes the times it is told. */
export async function liveThrough({ httpUrl }) {
  const say = (call, request) => ask(httpUrl, call, request);
  const { reservation: { reservationId } } = await say('ThrottleService/Reserve', first);
  await say('ThrottleService/Reserve', second);
  await say('ThrottleService/Confirm', {
    requestId: 'made', reservationId, madeAt: at(2 * minute), outcome: 'sent', at: at(3 * minute),
  });
  await say('ThrottleService/ReportOutcome', {
    contactId: reservationId, outcome: { name: 'clicked', at: at(hour) }, at: at(hour),
  });
  const text = await say('ThrottleService/Reserve', {
    contact: { ...ann, channel: 'sms', topic: 'news' }, at: at(hour),
  });
  await say('ThrottleService/Release', { reservationId: text.reservation.reservationId, at: at(hour + minute) });
  await say('ThrottleService/Record', {
    requestId: 'call in', contact: { ...ann, channel: 'phone', direction: 'DIRECTION_IN' }, at: at(2 * hour),
  });
  await say('ThrottleService/Record', { contact: { ...ann, topic: 'news' }, madeAt: at(-day), at: at(2 * hour) });
  await say('ThrottleService/Reserve', { contact: { ...ann, plannedAt: at(2 * day) }, at: at(2 * hour) });

  await say('ThrottleService/Reserve', { requestId: 'to bob', contact: bob, timeToLive: '86400s', at: at(0) });
  await say('ConsentService/OptOut', { requestId: 'stop', personId: 'bob', source: 'hotline', at: at(2 * hour) });
  await say('ConsentService/OptIn', { personId: 'bob', scope: { channel: 'sms' }, at: at(3 * hour) });
  await say('ConsentService/Snooze', { personId: 'bob', scope: { topic: 'news' }, until: at(day), at: at(3 * hour) });
  await say('PersonService/UpdatePerson', {
    person: {
      personId: 'bob', zone: 'Europe/Paris', country: 'FR', attributes: { tier: 'gold' },
      limits: [{ cap: 1, window: 'calendar week', channel: 'sms' }],
    },
    at: at(5 * hour),
  });
  await say('ThrottleService/Reserve', { contact: eve, at: at(0) });
  await say('PolicyService/AdjustCap', { rule: 'three-a-day', cap: { limit: 4 }, comment: 'sale' });
}

/** What is asked afterwards, without changing anything: `[call, request]`. */
export const questions = [
  ['ThrottleService/Reserve', first], ['ThrottleService/Reserve', second],
  ['ThrottleService/Reserve', { requestId: 'to bob', contact: bob, timeToLive: '86400s', at: at(0) }],
  ['ConsentService/OptOut', { requestId: 'stop', personId: 'bob', source: 'hotline', at: at(2 * hour) }],
  ...[6 * hour, day, 2 * day - hour, 3 * day, 8 * day].flatMap(later =>
    [ann, { ...ann, topic: 'news' }, { ...ann, channel: 'phone' }, bob, { ...bob, channel: 'sms' }, eve].map(contact =>
      ['ThrottleService/Check', { contact, at: at(later) }])),
  ['ThrottleService/FindSlots', { contact: ann, until: at(10 * day), maxSlots: 5, at: at(6 * hour) }],
  ...['ann', 'bob', 'eve', 'nobody'].flatMap(personId => [
    ['PersonService/GetPerson', { personId }],
    ['PersonService/ListContacts', { personId, pageSize: 100, at: at(6 * hour) }],
    ['ConsentService/GetConsent', { personId, at: at(6 * hour) }],
  ]),
  ['PolicyService/GetPolicy', {}], ['PolicyService/GetPolicy', { version: 1 }],
  ['PolicyService/ListPolicyVersions', { pageSize: 10 }],
];
