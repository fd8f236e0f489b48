// The document is well formed, and what is really asked and answered is what it says.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { post, toJson } from '../grpc-js/connect.mjs';
import { liveThrough } from '../grpc-js/senders-day.mjs';
import { ThrottleServer } from '../grpc-js/server.mjs';
import { Document } from './document.mjs';

const server = await ThrottleServer.start({ 'Throttle:TrustRequestTime': true });
after(() => server.stop());
const document = await Document.fetch(server.httpUrl);
const check = '/h2h.throttle.v1.ThrottleService/Check';
const ann = { personId: 'ann', channel: 'email', purpose: 'marketing' };

test('it is an OpenAPI 3.1 document', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document.json));

  assert.equal(valid, true, JSON.stringify(errors, null, 1));
});

test('every reference leads somewhere, and every schema is referred to', () => {
  const { components } = document.json;
  const references = [...JSON.stringify(document.json).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)];

  for (const [, kind, name] of references) {
    assert.ok(name in components[kind], `${kind} ${name}`);
  }

  const named = new Set(references.map(([, , name]) => name));
  assert.deepEqual(Object.keys(components.schemas).filter(name => !named.has(name)), []);
});

test('every call, field, enum and value that the protos explain is explained', () => {
  const { schemas } = document.json.components;

  for (const [path, { description }] of document.calls.filter(([path]) => path.startsWith('/h2h.'))) {
    assert.match(description, /^[^]{20,}\n\n(Roles: \w+|For everybody)/, path);
  }

  assert.match(schemas.Contact.properties.personId.description, /your own stable id of the person/);
  assert.match(schemas.ReasonCode.description, /`REASON_CODE_CAP_REACHED`: /);
  assert.match(schemas.ErrorInfoReason.description, /`CHANNEL_UNKNOWN`: /);
});

test('all that is asked and answered on a day is what it says', async () => {
  const seen = new Set();
  await liveThrough(async (call, request) => {
    const path = `/h2h.throttle.v1.${call}`;
    const json = document.written(path, toJson(request));
    const { status, body } = await post(server.httpUrl, path.slice(1), json);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(document.mistakesInRequest(path, json), [], `${path} ${JSON.stringify(json)}`);
    assert.deepEqual(document.mistakesInAnswer(path, 200, body), [], `${path} ${JSON.stringify(body)}`);
    seen.add(path);
    return body;
  });

  assert.ok(seen.size > 30, `${seen.size} calls`);
});

test('a call without anything is answered or refused as it says, and what is required is refused', async () => {
  for (const [path] of document.calls) {
    const { status, body } = await post(server.httpUrl, path.slice(1), {});

    assert.deepEqual(document.mistakesInAnswer(path, status, body), [], `${path} ${JSON.stringify(body)}`);
    if (document.mistakesInRequest(path, {}).length > 0) {
      assert.ok(status === 400 || status === 404, `${path} is answered with ${status} without what it requires`);
    }
  }
});

test('what it refuses the server refuses, too', async () => {
  for (const request of [
    {}, { contact: {} }, { contct: ann }, { contact: { ...ann, chanel: 'sms' } }, { contact: { ...ann, weight: 'x' } },
    { contact: { ...ann, plannedAt: 'soon' } }, { contact: { ...ann, direction: 'UP' } }, { contact: [ann] },
    { contact: { ...ann, labels: { a: 1 } } }, { contact: { ...ann, subjects: 'a' } },
  ]) {
    const { status, body } = await post(server.httpUrl, check.slice(1), request);

    assert.notDeepEqual(document.mistakesInRequest(check, request), [], JSON.stringify(request));
    assert.equal(status, 400, JSON.stringify(request));
    assert.deepEqual(document.mistakesInAnswer(check, status, body), [], JSON.stringify(body));
  }
});

test('an answer of a newer server passes, and one that is wrong does not', () => {
  const decision = { decisionId: 'x', verdict: 'VERDICT_ALLOW', policyVersion: '1' };
  const mistakes = more => document.mistakesInAnswer(check, 200, { decision: { ...decision, ...more } });

  assert.deepEqual(mistakes({ mood: 'good' }), []);
  assert.notDeepEqual(mistakes({ policyVersion: 1 }), []);
  assert.notDeepEqual(mistakes({ verdict: 'PERHAPS' }), []);
  assert.notDeepEqual(mistakes({ evaluatedAt: 'yesterday' }), []);
});

test('of alternatives there may be one', () => {
  const path = '/h2h.throttle.v1.PolicyService/AdjustCap';
  const mistakes = cap => document.mistakesInRequest(path, { rule: 'three-a-day', cap });

  assert.deepEqual(mistakes({ limit: '9' }), []);
  assert.deepEqual(mistakes({ unlimited: true }), []);
  assert.notDeepEqual(mistakes({ limit: '9', unlimited: true }), []);
});

test('the examples are what they are examples of, and the server understands the requests', async () => {
  let count = 0;
  for (const [path, { requestBody, responses }] of document.calls) {
    const { example: request } = requestBody.content['application/json'];
    const { example: answer } = responses[200].content['application/json'];
    if (request !== undefined) {
      const { status, body } = await post(server.httpUrl, path.slice(1), request);
      assert.deepEqual(document.mistakesInRequest(path, request), [], path);
      assert.ok(status === 200 || status === 404, `${path} ${JSON.stringify(body)}`);
      count += 1;
    }

    if (answer !== undefined) {
      assert.deepEqual(document.mistakesInAnswer(path, 200, answer), [], path);
    }
  }

  assert.ok(count >= 10, `${count} examples`);
});

test('streams are left out and named', () => {
  assert.equal(document.json.paths['/h2h.throttle.v1.ConsentService/ImportSuppressions'], undefined);
  assert.match(document.json.info.description, /`ConsentService\/ImportSuppressions`/);
});

test('a browser that opens the port is shown where to go, and every place is there', async () => {
  const page = await fetch(`${server.httpUrl}/`);
  const html = await page.text();
  assert.match(page.headers.get('content-type'), /^text\/html/);

  const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link);
  for (const link of links) {
    assert.equal((await fetch(`${server.httpUrl}/${link}`)).status, 200, link);
  }

  assert.ok(links.includes('openapi.json'));
});
