// Health and reflection, as load balancers and tools such as grpcurl ask for them. What is asked is read from the
// standard's own .proto files, as other packages ship them, as well as from the service's.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import test, { after } from 'node:test';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { ThrottleClient, definition, promising, shape } from './client.mjs';
import { refusalOf } from './refusals.mjs';
import { ThrottleServer } from './server.mjs';

const { FileDescriptorProto } = createRequire(import.meta.url)('protobufjs/ext/descriptor');
const server = await ThrottleServer.start();
const client = new ThrottleClient(server.grpcAddress);
after(async () => {
  client.close();
  await server.stop();
});

const components = ['store', 'policy', 'journal', 'lists'];
const services = [
  'grpc.health.v1.Health',
  'grpc.reflection.v1.ServerReflection',
  'h2h.throttle.v1.AccessService',
  'h2h.throttle.v1.ConsentService',
  'h2h.throttle.v1.JournalService',
  'h2h.throttle.v1.PersonService',
  'h2h.throttle.v1.PolicyService',
  'h2h.throttle.v1.ThrottleService',
  'h2h.throttle.v1.WebhookService',
];

/** Asks one question over a reflection stream. */
async function reflect(question, reflection = client.reflection) {
  const stream = reflection.serverReflectionInfo();
  stream.write(question);
  const [answer] = await once(stream, 'data');
  stream.end();
  return answer;
}

/** A client of one service, from the .proto file that another package ships. */
function open(file, name) {
  const loaded = protoLoader.loadSync(new URL(`node_modules/${file}`, import.meta.url).pathname, shape);
  const Service = grpc.makeGenericClientConstructor(loaded[name], name);
  return promising(new Service(server.grpcAddress, grpc.credentials.createInsecure()), loaded[name]);
}

test('the server and each of its services are serving', async () => {
  for (const service of ['', ...services]) {
    assert.deepEqual(await client.health.check({ service }), { status: 'SERVING' }, service);
  }
});

test('an unknown service has no health', async () => {
  const refusal = await refusalOf(client.health.check({ service: 'h2h.throttle.v1.Nothing' }));

  assert.deepEqual([refusal.code, refusal.reason, refusal.field], ['NOT_FOUND', 'CALL_UNKNOWN', 'service']);
});

test('the health of all services is listed', async () => {
  const { statuses } = await client.health.list({});

  assert.deepEqual(
    statuses,
    Object.fromEntries(['', ...components, ...services].map(name => [name, { status: 'SERVING' }])));
});

test('whoever watches is told the health at once, and of an unknown service that it is unknown', async () => {
  for (const [service, status] of [['', 'SERVING'], [services[6], 'SERVING'], ['nothing', 'SERVICE_UNKNOWN']]) {
    const watch = client.health.watch({ service });
    const [answer] = await once(watch, 'data');
    watch.on('error', () => { });   // CANCELLED
    watch.cancel();

    assert.deepEqual(answer, { status }, service);
  }
});

test("the standard's own health client is understood", async () => {
  const health = open('grpc-health-check/proto/health/v1/health.proto', 'grpc.health.v1.Health');

  assert.deepEqual(await health.check({ service: services[6] }), { status: 'SERVING' });
  assert.deepEqual(
    Object.keys((await health.list({})).statuses).toSorted(),
    ['', ...components, ...services].toSorted());
});

test('reflection lists every service', async () => {
  const { listServicesResponse, validHost, originalRequest } = await reflect({ host: 'here', listServices: '*' });

  assert.deepEqual(listServicesResponse.service.map(({ name }) => name), services);
  assert.deepEqual([validHost, originalRequest.listServices], ['here', '*']);
});

test("the standard's own reflection client is understood", async () => {
  const reflection = open(
    '@grpc/reflection/build/proto/grpc/reflection/v1/reflection.proto', 'grpc.reflection.v1.ServerReflection');

  const { listServicesResponse } = await reflect({ listServices: '' }, reflection);

  assert.deepEqual(listServicesResponse.service.map(({ name }) => name), services);
});

test('reflection gives the file that declares a symbol, and what it imports before it', async () => {
  const { fileDescriptorResponse } = await reflect({ fileContainingSymbol: 'h2h.throttle.v1.ThrottleService.Reserve' });

  const files = fileDescriptorResponse.fileDescriptorProto.map(bytes => FileDescriptorProto.decode(bytes));
  const names = files.map(file => file.name);
  assert.equal(names.at(-1), 'h2h/throttle/v1/throttle_service.proto');
  assert.ok(names.includes('google/protobuf/timestamp.proto'));
  assert.ok(files.every((file, index) => file.dependency.every(needed => names.indexOf(needed) < index)));
  const [service] = files.at(-1).service;
  assert.deepEqual(service.method.map(call => call.name),
    ['Check', 'Reserve', 'Confirm', 'Release', 'Record', 'ReportOutcome', 'FindSlots', 'PlanContacts',
      'Explain', 'BatchCheck', 'BatchReserve', 'StreamCheck', 'StreamReserve']);
});

test('reflection gives a file by its name', async () => {
  const { fileDescriptorResponse } = await reflect({ fileByFilename: 'h2h/throttle/v1/error_reason.proto' });

  const [file] = fileDescriptorResponse.fileDescriptorProto.map(bytes => FileDescriptorProto.decode(bytes));
  const { value: declared } = definition['h2h.throttle.v1.ErrorReason'].type;
  assert.equal(file.package, 'h2h.throttle.v1');
  assert.deepEqual(
    file.enumType[0].value.map(({ name, number }) => [name, number]),
    declared.map(({ name, number }) => [name, number]));
});

test('reflection explains the details of errors, which no service imports', async () => {
  for (const symbol of ['google.rpc.Status', 'google.rpc.ErrorInfo', 'google.rpc.BadRequest.FieldViolation']) {
    const { fileDescriptorResponse } = await reflect({ fileContainingSymbol: symbol });

    assert.equal(FileDescriptorProto.decode(fileDescriptorResponse.fileDescriptorProto.at(-1)).package, 'google.rpc');
  }
});

test('reflection answers a question about nothing with NOT_FOUND and keeps the stream open', async () => {
  const stream = client.reflection.serverReflectionInfo();
  stream.write({ fileContainingSymbol: 'h2h.throttle.v1.Nothing' });
  const [unknown] = await once(stream, 'data');

  stream.write({ listServices: '' });
  const [known] = await once(stream, 'data');

  stream.end();
  assert.equal(unknown.errorResponse.errorCode, grpc.status.NOT_FOUND);
  assert.equal(known.listServicesResponse.service.length, services.length);
});

test('a tool that has no .proto files can call the service by what reflection tells it', async () => {
  const { fileDescriptorResponse } = await reflect({ fileContainingSymbol: 'h2h.throttle.v1.ThrottleService' });
  const file = fileDescriptorResponse.fileDescriptorProto.map(bytes => FileDescriptorProto.decode(bytes));
  const loaded = protoLoader.loadFileDescriptorSetFromObject({ file }, shape)['h2h.throttle.v1.ThrottleService'];
  const Service = grpc.makeGenericClientConstructor(loaded, 'ThrottleService');
  const throttle = promising(new Service(server.grpcAddress, grpc.credentials.createInsecure()), loaded);

  // Loaded so, fields have the names of the proto.
  const { decision } = await throttle.check({
    contact: { person_id: randomUUID(), channel: 'email', purpose: 'marketing' },
  });

  assert.equal(decision.verdict, 'VERDICT_ALLOW');
});

test('a call that there is not is refused with a reason', async () => {
  const Nothing = grpc.makeGenericClientConstructor({
    fly: { ...definition['h2h.throttle.v1.ThrottleService'].Check, path: '/h2h.throttle.v1.ThrottleService/Fly' },
  }, 'Nothing');
  const nothing = new Nothing(server.grpcAddress, grpc.credentials.createInsecure());

  const refusal = await refusalOf(new Promise((resolve, reject) =>
    nothing.fly({}, (error, answer) => error ? reject(error) : resolve(answer))));

  nothing.close();
  assert.deepEqual([refusal.code, refusal.reason], ['UNIMPLEMENTED', 'CALL_UNKNOWN']);
});
