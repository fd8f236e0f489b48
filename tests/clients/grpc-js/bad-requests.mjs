// Requests that make no sense, or none as things stand, and how each must be refused.
import { day, timestamp } from './instants.mjs';

const tooLong = 'x'.repeat(129);
const email = personId => ({ personId, channel: 'email', purpose: 'marketing' });

/** A bad request of a contact, in which the fields given are what is wrong. */
const contactWith = (fields, call = 'throttle.reserve') => situation => ({
  call, request: { contact: { ...email(situation.personId), ...fields } },
});

/** A bad request of any call; the parts are functions of the situation that it is made in. */
const request = (call, of) => situation => ({ call, request: of(situation) });

const labelsOf = count => Object.fromEntries(Array.from({ length: count }, (_, index) => [`label-${index}`, 'x']));
const inDays = days => timestamp(Date.now() + days * day);

/**
 * Each with the status code, the reason and the field of its refusal. What it asks is made from a situation:
 * `personId` of a person of whom `reserved`, `confirmed` and `released` are reservations, the first one made with the
 * request id `requestId`.
 */
export const badRequests = Object.entries({
  'an unknown channel': [contactWith({ channel: 'fax' }),
    'INVALID_ARGUMENT', 'CHANNEL_UNKNOWN', 'contact.channel'],
  'a channel in capitals': [contactWith({ channel: 'EMAIL' }),
    'INVALID_ARGUMENT', 'CHANNEL_UNKNOWN', 'contact.channel'],
  'a check of an unknown channel': [contactWith({ channel: 'fax' }, 'throttle.check'),
    'INVALID_ARGUMENT', 'CHANNEL_UNKNOWN', 'contact.channel'],
  'a record of an unknown channel': [contactWith({ channel: 'fax' }, 'throttle.record'),
    'INVALID_ARGUMENT', 'CHANNEL_UNKNOWN', 'contact.channel'],
  'slots of an unknown channel': [contactWith({ channel: 'fax' }, 'throttle.findSlots'),
    'INVALID_ARGUMENT', 'CHANNEL_UNKNOWN', 'contact.channel'],
  'an opt-out from an unknown channel': [
    request('consent.optOut', ({ personId }) => ({ personId, scope: { channel: 'fax' } })),
    'INVALID_ARGUMENT', 'CHANNEL_UNKNOWN', 'scope.channel'],
  'a batch of nothing': [request('throttle.batchReserve', () => ({ items: [] })),
    'INVALID_ARGUMENT', 'ITEMS_OUT_OF_RANGE', 'items'],
  'a batch of too much': [
    request('throttle.batchCheck', ({ personId }) => ({ items: Array(1001).fill({ contact: email(personId) }) })),
    'INVALID_ARGUMENT', 'ITEMS_OUT_OF_RANGE', 'items'],

  'an unknown purpose': [contactWith({ purpose: 'chat' }),
    'INVALID_ARGUMENT', 'PURPOSE_UNKNOWN', 'contact.purpose'],
  'a message by an unknown channel': [
    request('consent.receiveMessage', ({ personId }) => ({ personId, channel: 'fax', text: 'stop' })),
    'INVALID_ARGUMENT', 'CHANNEL_UNKNOWN', 'channel'],
  'a message to a brand that is not named': [
    request('consent.receiveMessage', ({ personId }) =>
      ({ personId, channel: 'sms', text: 'stop', reach: 'MESSAGE_REACH_BRAND' })),
    'INVALID_ARGUMENT', 'FIELD_MISSING', 'brand'],
  'a link for nobody': [request('consent.createPageLink', () => ({ personId: '' })),
    'INVALID_ARGUMENT', 'ID_EMPTY', 'person_id'],
  'a link to unsubscribe from an unknown channel': [
    request('consent.createUnsubscribeLink', ({ personId }) => ({ personId, scope: { channel: 'fax' } })),
    'INVALID_ARGUMENT', 'CHANNEL_UNKNOWN', 'scope.channel'],
  'an opt-in to an unknown purpose': [
    request('consent.optIn', ({ personId }) => ({ personId, scope: { purpose: 'chat' } })),
    'INVALID_ARGUMENT', 'PURPOSE_UNKNOWN', 'scope.purpose'],

  'an empty person id': [contactWith({ personId: '' }),
    'INVALID_ARGUMENT', 'ID_EMPTY', 'contact.person_id'],
  'an over-long person id': [contactWith({ personId: tooLong }),
    'INVALID_ARGUMENT', 'ID_TOO_LONG', 'contact.person_id'],
  'a person id with a control character': [contactWith({ personId: 'ann\u0007' }),
    'INVALID_ARGUMENT', 'ID_MALFORMED', 'contact.person_id'],
  'an empty person id of a consent': [request('consent.getConsent', () => ({ personId: '' })),
    'INVALID_ARGUMENT', 'ID_EMPTY', 'person_id'],
  'an over-long person id of a person': [
    request('person.updatePerson', () => ({ person: { personId: tooLong, zone: 'Europe/Rome' } })),
    'INVALID_ARGUMENT', 'ID_TOO_LONG', 'person.person_id'],
  'an over-long request id': [
    request('throttle.reserve', ({ personId }) => ({ requestId: tooLong, contact: email(personId) })),
    'INVALID_ARGUMENT', 'ID_TOO_LONG', 'request_id'],
  'an empty reservation id': [request('throttle.confirm', () => ({ reservationId: '' })),
    'INVALID_ARGUMENT', 'ID_EMPTY', 'reservation_id'],

  'a time of long ago': [
    request('throttle.reserve', ({ personId }) => ({ contact: email(personId), at: timestamp('1970-01-02') })),
    'INVALID_ARGUMENT', 'TIME_OUT_OF_RANGE', 'at'],
  'a time in the far future': [
    request('throttle.check', ({ personId }) => ({ contact: email(personId), at: timestamp('2999-01-01') })),
    'INVALID_ARGUMENT', 'TIME_OUT_OF_RANGE', 'at'],
  'a time of long ago to opt out at': [
    request('consent.optOut', ({ personId }) => ({ personId, at: timestamp('1970-01-02') })),
    'INVALID_ARGUMENT', 'TIME_OUT_OF_RANGE', 'at'],
  'a contact planned for the past': [
    situation => contactWith({ plannedAt: inDays(-1) })(situation),
    'INVALID_ARGUMENT', 'TIME_OUT_OF_RANGE', 'contact.planned_at'],
  'a contact planned for the year after next': [
    situation => contactWith({ plannedAt: inDays(401) })(situation),
    'INVALID_ARGUMENT', 'TIME_OUT_OF_RANGE', 'contact.planned_at'],
  'a contact that was made tomorrow': [
    request('throttle.record', ({ personId }) => ({ contact: email(personId), madeAt: inDays(1) })),
    'INVALID_ARGUMENT', 'TIME_OUT_OF_RANGE', 'made_at'],
  'a confirmation of long ago': [
    request('throttle.confirm', ({ reserved }) => ({ reservationId: reserved, madeAt: inDays(-401) })),
    'INVALID_ARGUMENT', 'TIME_OUT_OF_RANGE', 'made_at'],
  'a snooze until yesterday': [request('consent.snooze', ({ personId }) => ({ personId, until: inDays(-1) })),
    'INVALID_ARGUMENT', 'TIME_OUT_OF_RANGE', 'until'],
  'slots that end before they begin': [
    request('throttle.findSlots', ({ personId }) => ({ contact: email(personId), from: inDays(2), until: inDays(1) })),
    'INVALID_ARGUMENT', 'TIME_OUT_OF_RANGE', 'until'],

  'a zone that does not exist': [
    request('person.updatePerson', ({ personId }) => ({ person: { personId, zone: 'Europe/Atlantis' } })),
    'INVALID_ARGUMENT', 'ZONE_UNKNOWN', 'person.zone'],
  'a country that does not exist': [
    request('person.updatePerson', ({ personId }) => ({ person: { personId, country: 'XX' } })),
    'INVALID_ARGUMENT', 'COUNTRY_UNKNOWN', 'person.country'],
  'an address that is none': [contactWith({ personId: 'email:ann' }),
    'INVALID_ARGUMENT', 'ADDRESS_MALFORMED', 'contact.person_id'],
  'a phone number without its country': [
    request('person.linkAddress', ({ personId }) => ({ personId, address: 'tel:0212345678' })),
    'INVALID_ARGUMENT', 'ADDRESS_MALFORMED', 'address'],
  'a link taken back that there is not': [
    request('person.unlinkAddress', ({ personId }) => ({ personId, address: 'device:x' })),
    'FAILED_PRECONDITION', 'ADDRESS_NOT_LINKED', 'address'],
  'a merge with oneself': [
    request('person.mergePeople', ({ personId }) => ({ sourcePersonId: personId, targetPersonId: personId })),
    'FAILED_PRECONDITION', 'PEOPLE_ALREADY_ONE', 'source_person_id'],
  'an undoing of no merge': [request('person.undoMerge', ({ personId }) => ({ personId })),
    'NOT_FOUND', 'MERGE_UNKNOWN', 'person_id'],
  'a negative weight': [contactWith({ weight: -1 }),
    'INVALID_ARGUMENT', 'WEIGHT_OUT_OF_RANGE', 'contact.weight'],
  'a weight of nothing': [contactWith({ weight: 0 }),
    'INVALID_ARGUMENT', 'WEIGHT_OUT_OF_RANGE', 'contact.weight'],
  'an immense priority': [contactWith({ priority: 101 }),
    'INVALID_ARGUMENT', 'PRIORITY_OUT_OF_RANGE', 'contact.priority'],
  'a time to live of a year': [
    request('throttle.reserve', ({ personId }) =>
      ({ contact: email(personId), timeToLive: { seconds: 365 * 24 * 60 * 60 } })),
    'INVALID_ARGUMENT', 'TIME_TO_LIVE_OUT_OF_RANGE', 'time_to_live'],
  'a time to live of nothing': [
    request('throttle.reserve', ({ personId }) => ({ contact: email(personId), timeToLive: { seconds: 0 } })),
    'INVALID_ARGUMENT', 'TIME_TO_LIVE_OUT_OF_RANGE', 'time_to_live'],
  'a direction that there is not': [contactWith({ direction: 9 }),
    'INVALID_ARGUMENT', 'ENUM_OUT_OF_RANGE', 'contact.direction'],
  'seventeen subjects': [contactWith({ subjects: Array(17).fill('debt') }),
    'INVALID_ARGUMENT', 'SUBJECTS_OUT_OF_RANGE', 'contact.subjects'],
  'seventeen labels': [contactWith({ labels: labelsOf(17) }),
    'INVALID_ARGUMENT', 'LABELS_OUT_OF_RANGE', 'contact.labels'],
  'an over-long brand': [contactWith({ brand: tooLong }),
    'INVALID_ARGUMENT', 'TEXT_TOO_LONG', 'contact.brand'],
  'an over-long source': [request('consent.optOut', ({ personId }) => ({ personId, source: tooLong })),
    'INVALID_ARGUMENT', 'TEXT_TOO_LONG', 'source'],
  'a reservation of what came in': [contactWith({ direction: 'DIRECTION_IN' }),
    'INVALID_ARGUMENT', 'FIELD_NOT_ALLOWED', 'contact.direction'],
  'a record of what is only planned': [
    situation => contactWith({ plannedAt: inDays(1) }, 'throttle.record')(situation),
    'INVALID_ARGUMENT', 'FIELD_NOT_ALLOWED', 'contact.planned_at'],
  'a reservation of nothing': [request('throttle.reserve', () => ({})),
    'INVALID_ARGUMENT', 'FIELD_MISSING', 'contact'],
  'a snooze without an end': [request('consent.snooze', ({ personId }) => ({ personId })),
    'INVALID_ARGUMENT', 'FIELD_MISSING', 'until'],
  'an update of nobody': [request('person.updatePerson', () => ({})),
    'INVALID_ARGUMENT', 'FIELD_MISSING', 'person'],
  'an outcome that is not named': [request('throttle.reportOutcome', ({ confirmed }) => ({ contactId: confirmed })),
    'INVALID_ARGUMENT', 'FIELD_MISSING', 'outcome.name'],
  'an unknown event': [request('person.recordEvent', ({ personId }) => ({ personId, name: 'nothing' })),
    'INVALID_ARGUMENT', 'EVENT_UNKNOWN', 'name'],
  'a plan of nothing': [request('throttle.planContacts', () => ({})),
    'INVALID_ARGUMENT', 'CONTACTS_OUT_OF_RANGE', 'contacts'],
  'a key that there is not': [request('access.revokeKey', () => ({ keyId: 'none' })),
    'NOT_FOUND', 'KEY_UNKNOWN', 'key_id'],
  'an unknown outcome': [
    request('throttle.reportOutcome', ({ confirmed }) => ({ contactId: confirmed, outcome: { name: 'lost' } })),
    'INVALID_ARGUMENT', 'OUTCOME_UNKNOWN', 'outcome.name'],
  'a confirmation with an unknown outcome': [
    request('throttle.confirm', ({ reserved }) => ({ reservationId: reserved, outcome: 'lost' })),
    'INVALID_ARGUMENT', 'OUTCOME_UNKNOWN', 'outcome'],
  'sixty-five attributes': [
    request('person.updatePerson', ({ personId }) => ({ person: { personId, attributes: labelsOf(65) } })),
    'INVALID_ARGUMENT', 'ATTRIBUTES_OUT_OF_RANGE', 'person.attributes'],
  'a limit in an impossible window': [
    request('person.updatePerson', ({ personId }) =>
      ({ person: { personId, limits: [{ cap: 1, window: 'blue moon' }] } })),
    'INVALID_ARGUMENT', 'LIMIT_INVALID', 'person.limits[0].window'],
  'an update mask of what there is not': [
    request('person.updatePerson', ({ personId }) => ({ person: { personId }, updateMask: { paths: ['shoe'] } })),
    'INVALID_ARGUMENT', 'UPDATE_MASK_INVALID', 'update_mask'],
  'a negative page': [request('person.listContacts', ({ personId }) => ({ personId, pageSize: -1 })),
    'INVALID_ARGUMENT', 'PAGE_SIZE_OUT_OF_RANGE', 'page_size'],
  'a page token of one\'s own': [request('person.listContacts', ({ personId }) => ({ personId, pageToken: 'two' })),
    'INVALID_ARGUMENT', 'PAGE_TOKEN_INVALID', 'page_token'],
  'a page token of one\'s own for versions': [request('policy.listPolicyVersions', () => ({ pageToken: 'two' })),
    'INVALID_ARGUMENT', 'PAGE_TOKEN_INVALID', 'page_token'],
  'a hundred and one slots': [
    request('throttle.findSlots', ({ personId }) => ({ contact: email(personId), maxSlots: 101 })),
    'INVALID_ARGUMENT', 'SLOTS_OUT_OF_RANGE', 'max_slots'],

  'an unknown reservation to confirm': [request('throttle.confirm', () => ({ reservationId: 'nowhere' })),
    'NOT_FOUND', 'RESERVATION_UNKNOWN', 'reservation_id'],
  'an unknown reservation to release': [request('throttle.release', () => ({ reservationId: 'nowhere' })),
    'NOT_FOUND', 'RESERVATION_UNKNOWN', 'reservation_id'],
  'an unknown contact': [
    request('throttle.reportOutcome', () => ({ contactId: 'nowhere', outcome: { name: 'delivered' } })),
    'NOT_FOUND', 'CONTACT_UNKNOWN', 'contact_id'],
  'confirming twice': [request('throttle.confirm', ({ confirmed }) => ({ reservationId: confirmed })),
    'FAILED_PRECONDITION', 'RESERVATION_ALREADY_CONFIRMED', 'reservation_id'],
  'releasing after confirming': [request('throttle.release', ({ confirmed }) => ({ reservationId: confirmed })),
    'FAILED_PRECONDITION', 'RESERVATION_ALREADY_CONFIRMED', 'reservation_id'],
  'confirming after releasing': [request('throttle.confirm', ({ released }) => ({ reservationId: released })),
    'FAILED_PRECONDITION', 'RESERVATION_ALREADY_RELEASED', 'reservation_id'],
  'a request id used for something else': [
    request('throttle.reserve', ({ personId, requestId }) =>
      ({ requestId, contact: { ...email(personId), channel: 'sms' } })),
    'ALREADY_EXISTS', 'REQUEST_ID_REUSED', 'request_id'],

  'a policy that does not parse': [request('policy.publishPolicy', () => ({ document: 'rules: [' })),
    'INVALID_ARGUMENT', 'POLICY_INVALID', /^document:\d+:\d+$/],
  'a policy with mistakes': [request('policy.publishPolicy', () => ({ document: 'policy: x\nchannels: [email]\n' })),
    'INVALID_ARGUMENT', 'POLICY_INVALID', /^document:\d+:\d+$/],
  'a policy of more than a mebibyte': [
    request('policy.validatePolicy', () => ({ document: '#'.repeat(1024 * 1024 + 1) })),
    'INVALID_ARGUMENT', 'POLICY_TOO_LARGE', 'document'],
  'a policy that somebody else has changed since': [
    request('policy.adjustCap', () => ({ rule: 'three-a-day', cap: { limit: 9 }, expectedVersion: 77 })),
    'ABORTED', 'POLICY_VERSION_CONFLICT', 'expected_version'],
  'a version that was never published': [request('policy.getPolicy', () => ({ version: 77 })),
    'NOT_FOUND', 'POLICY_VERSION_UNKNOWN', 'version'],
  'going back to a version that was never published': [request('policy.rollBackPolicy', () => ({ version: 77 })),
    'NOT_FOUND', 'POLICY_VERSION_UNKNOWN', 'version'],
  'going back to the version in force': [request('policy.rollBackPolicy', () => ({ version: 1 })),
    'FAILED_PRECONDITION', 'POLICY_VERSION_IN_FORCE', 'version'],
  'going back from the first version': [request('policy.rollBackPolicy', () => ({})),
    'FAILED_PRECONDITION', 'POLICY_VERSION_FIRST', 'version'],
  'a shadow policy with mistakes': [request('policy.publishShadowPolicy', () => ({ document: 'rules: [' })),
    'INVALID_ARGUMENT', 'POLICY_INVALID', /^document:\d+:\d+$/],
  'a rule that there is not': [request('policy.adjustCap', () => ({ rule: 'nothing', cap: { limit: 9 } })),
    'NOT_FOUND', 'RULE_UNKNOWN', 'rule'],
  'a rule that is no cap': [request('policy.adjustCap', () => ({ rule: 'pause-between-calls', cap: { limit: 9 } })),
    'FAILED_PRECONDITION', 'RULE_NOT_A_CAP', 'rule'],
  'a cap of nothing': [request('policy.adjustCap', () => ({ rule: 'three-a-day', cap: { limit: 0 } })),
    'INVALID_ARGUMENT', 'CAP_OUT_OF_RANGE', 'cap.limit'],

  'a kind of fact that there is not': [request('journal.listEntries', () => ({ filter: { kinds: ['optout'] } })),
    'INVALID_ARGUMENT', 'JOURNAL_KIND_UNKNOWN', 'filter.kinds'],
}).map(([what, [make, code, reason, field]]) => ({ what, make, code, reason, field }));
