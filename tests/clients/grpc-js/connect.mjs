// The same calls without gRPC: POST, with JSON in the body. All that it takes is `fetch`.

/**
 * Makes one call; resolves with the HTTP status, the headers and the JSON of the answer or the error.
 * @param httpUrl `http://host:port` of the server's HTTP port.
 * @param path `h2h.throttle.v1.ThrottleService/Check` and the like.
 * @param request In the JSON mapping of protobuf: see `toJson`.
 */
export async function post(httpUrl, path, request, headers = {}) {
  const response = await fetch(`${httpUrl}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(request),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/**
 * A message as @grpc/grpc-js has it, in the JSON mapping of protobuf (https://protobuf.dev/programming-guides/json):
 * timestamps are RFC 3339, durations are seconds, masks are lists with commas. Absent messages are left out.
 */
export function toJson(value, name = '') {
  if (value === null || typeof value !== 'object') {
    return value;
  }

  if (Array.isArray(value)) {
    return value.map(item => toJson(item));
  }

  if (name === 'timeToLive') {
    return `${value.seconds}s`;
  }

  if (name === 'updateMask') {
    return value.paths.join(',');
  }

  if ('seconds' in value || 'nanos' in value) {
    return toRfc3339(value);
  }

  const present = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(present.map(([key, field]) => [key, toJson(field, key)]));
}

function toRfc3339({ seconds = 0, nanos = 0 }) {
  const second = new Date(Number(seconds) * 1000).toISOString().replace('.000Z', '');
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0')}`.replace(/(000)+$/, '');
  return `${second}${fraction}Z`;
}
