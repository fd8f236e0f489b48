// What makes no sense is refused with its own reason and field, the same over gRPC and over JSON, and changes nothing.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { badRequests } from './bad-requests.mjs';
import { ThrottleClient, definition } from './client.mjs';
import { post, toJson } from './connect.mjs';
import { readJsonError, refusalOf } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const services = {
  throttle: 'ThrottleService', consent: 'ConsentService', person: 'PersonService', policy: 'PolicyService',
  access: 'AccessService', journal: 'JournalService',
};

const transports = {
  gRPC: (service, name, request) => refusalOf(client[service][name](request)),
  JSON: async (service, name, request) => {
    const path = `h2h.throttle.v1.${services[service]}/${name[0].toUpperCase()}${name.slice(1)}`;
    const { status, body } = await post(server.httpUrl, path, toJson(request));
    assert.ok(status >= 400, JSON.stringify(body));
    return readJsonError(body);
  },
};

/** A person with a zone, an opt-out and three reservations that ended differently. */
async function situation() {
  const personId = `ann-${randomUUID()}`;
  const requestId = randomUUID();
  const contact = { personId, channel: 'email', purpose: 'marketing' };
  const reserve = async id => (await client.throttle.reserve({ requestId: id, contact })).reservation.reservationId;
  const [reserved, confirmed, released] = [await reserve(requestId), await reserve(''), await reserve('')];
  await client.throttle.confirm({ reservationId: confirmed });
  await client.throttle.release({ reservationId: released });
  await client.person.updatePerson({ person: { personId, zone: 'Europe/Rome' } });
  await client.consent.optOut({ personId, scope: { topic: 'lottery' } });
  return { personId, requestId, reserved, confirmed, released };
}

/** All that the service knows and that a bad request could have changed. */
async function knowledge({ personId }) {
  return [
    await client.person.listContacts({ personId }),
    await client.person.getPerson({ personId }),
    await client.consent.getConsent({ personId }),
    await client.policy.listPolicyVersions({}),
  ];
}

for (const [transport, ask] of Object.entries(transports)) {
  for (const { what, make, code, reason, field } of badRequests) {
    test(`over ${transport}, ${what} is refused as ${reason} and changes nothing`, async () => {
      const given = await situation();
      const before = await knowledge(given);
      const { call, request } = make(given);

      const refusal = await ask(...call.split('.'), request);

      assert.deepEqual([refusal.code, refusal.reason, refusal.domain], [code, reason, 'throttle.h2h']);
      field instanceof RegExp ? assert.match(refusal.field, field) : assert.equal(refusal.field, field);
      if (code === 'INVALID_ARGUMENT') {
        assert.ok(refusal.violations.some(bad =>
          bad.field === refusal.field && bad.reason === reason && bad.description.length > 0));
      }

      assert.ok(refusal.message.length > 0 && !JSON.stringify(refusal).includes(given.personId));
      assert.deepEqual(await knowledge(given), before);
    });
  }
}

test('everything that is wrong with a request is told at once', async () => {
  const contact = { personId: '', channel: 'fax', purpose: 'chat', weight: -1, country: 'XX' };

  const { violations } = await refusalOf(client.throttle.reserve({ contact, timeToLive: { seconds: 0 } }));

  assert.deepEqual(new Set(violations.map(violation => violation.field)), new Set([
    'time_to_live', 'contact.person_id', 'contact.channel', 'contact.purpose', 'contact.weight', 'contact.country',
  ]));
});

test('every reason that a request alone can have is among them', () => {
  // By their numbers: from 90 on they are about the service, not the request.
  const declared = definition['h2h.throttle.v1.ErrorReason'].type.value
    .filter(({ number }) => number > 0 && number < 90)
    .map(({ name }) => name.replace('ERROR_REASON_', ''));

  const tried = new Set(badRequests.map(({ reason }) => reason));

  // These take a body that is not the request, a person who has said too much, a crowd, lists and pools.
  const elsewhere = ['BODY_MALFORMED', 'RECORD_FULL', 'CONTENDED', 'LINES_MISSING', 'PEOPLE_DIFFER'];
  const untried = declared.filter(reason => !tried.has(reason) && !/^LISTS?_|POOL/.test(reason));
  assert.deepEqual(untried.toSorted(), elsewhere.toSorted());
});
