// gRPC and JSON are two ways to ask the same service: they give the same decisions, and the same answers to all calls.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { ThrottleClient, definition, load } from './client.mjs';
import { post, toJson } from './connect.mjs';
import { liveThrough } from './senders-day.mjs';
import { ThrottleServer } from './server.mjs';

// On a server of its own for each transport, which believes the times that it is told, the same day has the same end.
const start = () => ThrottleServer.start({ 'Throttle:TrustRequestTime': true });
const [grpcServer, jsonServer] = [await start(), await start()];
after(async () => {
  await grpcServer.stop();
  await jsonServer.stop();
});

const services = {
  ThrottleService: 'throttle', ConsentService: 'consent', PersonService: 'person', PolicyService: 'policy',
};

/** Over gRPC, answers without what has its default value, as the JSON mapping writes them. */
async function overGrpc() {
  const sparse = load({ longs: String, enums: String, defaults: false });
  const client = new ThrottleClient(grpcServer.grpcAddress, {}, sparse);
  const answers = await liveThrough((call, request) => {
    const [service, name] = call.split('/');
    return client[services[service]][name[0].toLowerCase() + name.slice(1)](request);
  });
  client.close();
  return answers.map(([call, answer]) => [call, toJson(answer)]);
}

function overJson() {
  return liveThrough(async (call, request) => {
    const { status, body } = await post(jsonServer.httpUrl, `h2h.throttle.v1.${call}`, toJson(request));
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  });
}

/** The answers with ids and tokens, which are random, replaced by numbers in the order of their appearance. */
function withoutChance(answers) {
  const seen = new Map();
  const known = [
    'decisionId', 'reservationId', 'contactId', 'revokedReservationIds', 'releaseContactId', 'nextPageToken', 'poolKey',
    'personKey', 'mergeId', 'url', 'listUnsubscribe',
  ];
  const number = id => seen.get(id) ?? seen.set(id, `id ${seen.size}`).get(id);
  return JSON.parse(JSON.stringify(answers), (key, value) => {
    if (known.includes(key)) {
      return Array.isArray(value) ? value.map(number) : number(value);
    }

    if (key === 'json') {
      return Object.keys(JSON.parse(value));
    }

    return ['publishedAt', 'setAt'].includes(key) ? 'by the clock' : value;
  });
}

test('the same day has the same answers over gRPC and over JSON', async () => {
  const [fromGrpc, fromJson] = [withoutChance(await overGrpc()), withoutChance(await overJson())];

  for (const [index, [call, answer]] of fromJson.entries()) {
    assert.deepEqual(fromGrpc[index], [call, answer], `${call}, the ${index + 1}. call`);
  }

  assert.equal(fromGrpc.length, fromJson.length);
});

test('every unary call of the four services is made on that day', async () => {
  // These two need a list, which only a stream of lines makes.
  const later = ['ConsentService/GetSuppressionImport', 'ConsentService/RemoveSuppressionList'];
  const declared = Object.keys(services).flatMap(service => Object.values(definition[`h2h.throttle.v1.${service}`]))
    .filter(({ requestStream, responseStream }) => !requestStream && !responseStream)
    .map(({ path }) => path.replace('/h2h.throttle.v1.', ''))
    .filter(call => !later.includes(call));
  const client = new ThrottleClient(grpcServer.grpcAddress);

  const made = [];
  await liveThrough(async call => {
    made.push(call);
    return { reservation: {} };
  });

  client.close();
  assert.deepEqual(new Set(made), new Set(declared));
});
