import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { fileURLToPath } from 'node:url';
import { shape } from './client.mjs';

const standard = protoLoader.loadSync(fileURLToPath(new URL('standard/google_rpc.proto', import.meta.url)), shape);

/**
 * What a failed gRPC call says, read as the standard error model (https://google.aip.dev/193).
 * `reason` is the word to switch on, `field` the first field at fault, `violations` all of them, `retryDelay` when to
 * ask again.
 * Everything but `code` and `message` is undefined or empty if the error did not come from the service, but from the
 * library or the network.
 */
export function readError(error) {
  const [trailer] = error.metadata?.get('grpc-status-details-bin') ?? [];
  const status = trailer && standard['google.rpc.Status'].deserialize(trailer);
  const details = status?.details.map(any => [any.type_url.replace('type.googleapis.com/', ''), any.value]) ?? [];
  return { code: grpc.status[error.code], message: error.details, status, ...readDetails(details) };
}

/** The same of a call over HTTP, from the JSON of its error (https://connectrpc.com/docs/protocol). */
export function readJsonError({ code, message, details }) {
  const known = details.map(({ type, value }) => [type, Buffer.from(value, 'base64')]);
  return { code: grpcCode(code), message, ...readDetails(known) };
}

/** Waits for a gRPC call that must fail; what it says. */
export async function refusalOf(call) {
  const error = await call.then(
    answer => assert.fail(`It was answered: ${JSON.stringify(answer)}`),
    failure => failure);
  assert.equal(typeof error.code, 'number', `Not a failed call: ${error.stack}`);
  return readError(error);
}

function readDetails(details) {
  const find = type => {
    const [, value] = details.find(([name]) => name === type) ?? [];
    return value && standard[type].deserialize(value);
  };
  const info = find('google.rpc.ErrorInfo');
  return {
    reason: info?.reason,
    domain: info?.domain,
    field: info?.metadata.field,
    violations: find('google.rpc.BadRequest')?.fieldViolations ?? [],
    retryDelay: find('google.rpc.RetryInfo')?.retryDelay,
  };
}

function grpcCode(connectCode) {
  return connectCode === 'canceled' ? 'CANCELLED' : connectCode.toUpperCase();
}
