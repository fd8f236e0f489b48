import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { fileURLToPath } from 'node:url';

/** Where the .proto files of the service are: all that a client in any language needs. */
const protos = fileURLToPath(new URL('../../../protos/', import.meta.url));

/** How messages look in JavaScript: camelCase, 64-bit numbers and enums as text, absent messages as null. */
export const shape = { longs: String, enums: String, defaults: true, oneofs: true };

/** The services and messages of H2H Throttle, and the standard ones for health and reflection. */
export const definition = load(shape);

/**
 * A client of H2H Throttle. Every unary call is a function of a request and, optionally, of
 * `{ deadline, signal, metadata }`, that promises the answer; a streaming call is that of @grpc/grpc-js.
 *
 *     const client = new ThrottleClient('localhost:7001');
 *     const { decision, reservation } = await client.throttle.reserve({ requestId, contact });
 */
export class ThrottleClient {
  #stubs = [];

  /**
   * @param address `host:port` of the server's gRPC port.
   * @param options Channel options of @grpc/grpc-js.
   * @param loaded Other definitions than the usual, such as those of another shape.
   */
  constructor(address, options = {}, loaded = definition) {
    const services = grpc.loadPackageDefinition(loaded);
    const {
      ThrottleService, ConsentService, PersonService, PolicyService, AccessService, JournalService,
      WebhookService,
    } = services.h2h.throttle.v1;
    const open = Service => {
      const stub = new Service(address, grpc.credentials.createInsecure(), options);
      this.#stubs.push(stub);
      return promising(stub, Service.service);
    };
    this.throttle = open(ThrottleService);
    this.consent = open(ConsentService);
    this.person = open(PersonService);
    this.policy = open(PolicyService);
    this.access = open(AccessService);
    this.journal = open(JournalService);
    this.webhooks = open(WebhookService);
    this.health = open(services.grpc.health.v1.Health);
    this.reflection = open(services.grpc.reflection.v1.ServerReflection);
  }

  /** Hangs up. Calls in flight are finished. */
  close() {
    this.#stubs.forEach(stub => stub.close());
  }
}

/** The .proto files, loaded so that messages have the given shape. */
export function load(messageShape) {
  const files = [
    'h2h/throttle/v1/throttle_service.proto',
    'h2h/throttle/v1/consent_service.proto',
    'h2h/throttle/v1/person_service.proto',
    'h2h/throttle/v1/policy_service.proto',
    'h2h/throttle/v1/access_service.proto',
    'h2h/throttle/v1/journal_service.proto',
    'h2h/throttle/v1/webhook_service.proto',
    'h2h/throttle/v1/error_reason.proto',
    'grpc/health/v1/health.proto',
    'grpc/reflection/v1/reflection.proto',
  ];
  return protoLoader.loadSync(files, { includeDirs: [protos], ...messageShape });
}

/** The calls of a stub, those with one answer as functions that promise it. */
export function promising(stub, service) {
  return Object.fromEntries(Object.values(service).map(({ originalName, requestStream, responseStream }) => [
    originalName,
    requestStream || responseStream ? stub[originalName].bind(stub) : promise(stub, originalName),
  ]));
}

function promise(stub, name) {
  return (request, { signal, metadata = new grpc.Metadata(), ...options } = {}) => new Promise((resolve, reject) => {
    const cancel = () => call.cancel();
    const call = stub[name](request, metadata, options, (error, answer) => {
      signal?.removeEventListener('abort', cancel);
      error ? reject(error) : resolve(answer);
    });
    signal?.addEventListener('abort', cancel);
  });
}
