// Renders the chart with several values, and checks what comes out against the schemas of Kubernetes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parser as promql } from '@prometheus-io/lezer-promql';
import Ajv from 'ajv';
import { parse, parseAllDocuments } from 'yaml';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const chart = join(repository, 'charts/h2h-throttle');
const folder = mkdtempSync(join(tmpdir(), 'h2h-chart-'));
after(() => rmSync(folder, { recursive: true }));

const defaults = parse(readFileSync(join(chart, 'values.yaml'), 'utf8'));
const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8'));
const conforms = new Ajv({ allErrors: true, strict: false }).compile(schema);
const trials = readdirSync(join(chart, 'ci')).sort();

const modelOf = async ({ apiVersion, kind }) => (await import(apiVersion.startsWith('monitoring.')
  ? `@kubernetes-models/prometheus-operator/${apiVersion}` : `kubernetes-models/${apiVersion}`))[kind];

/** What Helm would install: documents by kind and name; or the message with which the chart refuses. */
function render(...paths) {
  const { status, stdout, stderr } = spawnSync(
    'go', ['run', 'render.go', chart, ...paths],
    { cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8', env: {
      ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '',
    } });
  if (status !== 0) {
    return { refusal: stderr };
  }

  const documents = parseAllDocuments(stdout).map(document => document.toJS()).filter(Boolean);
  return { text: stdout, documents, find: (kind, name) =>
    documents.find(one => one.kind === kind && (!name || one.metadata.name === name)) };
}

function renderValues(values) {
  const path = join(folder, 'values.yaml');
  writeFileSync(path, JSON.stringify(values));
  return render(path);
}

const minimal = { identityKeySecret: { name: 'identity' } };
const environmentOf = deployment => Object.fromEntries(
  deployment.spec.template.spec.containers[0].env.map(({ name, value }) => [name, value]));

for (const trial of trials) {
  const path = join(chart, 'ci', trial);

  test(`${trial}: the values are of the schema`, () => {
    assert.ok(conforms(merged(defaults, parse(readFileSync(path, 'utf8')))), JSON.stringify(conforms.errors));
  });

  test(`${trial}: Kubernetes would take every document`, async () => {
    const { documents, refusal } = render(path);
    assert.equal(refusal, undefined);
    assert.ok(documents.length >= 5);
    for (const document of documents) {
      const Model = await modelOf(document);
      assert.ok(Model, `${document.apiVersion} ${document.kind}`);
      assert.doesNotThrow(() => new Model(document).validate(), `${document.kind} ${document.metadata.name}`);
      assert.match(document.metadata.name, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
      assert.equal(document.metadata.labels['app.kubernetes.io/instance'], 'trial');
    }
  });

  test(`${trial}: every setting exists`, () => {
    const readme = readFileSync(join(repository, 'src/H2H.Throttle.Server/README.md'), 'utf8');
    const settings = [...readme.matchAll(/^\| `([A-Z]\w+:\w+)` \|/gm)].map(([, name]) => name.replace(':', '__'));
    const used = Object.keys(environmentOf(render(path).find('Deployment')));
    assert.deepEqual(used.filter(name => !settings.includes(name)), []);
  });

  test(`${trial}: pods are locked down, and everything that is mounted is there`, () => {
    const { spec } = render(path).find('Deployment').spec.template;
    const [container] = spec.containers;
    assert.equal(spec.securityContext.runAsNonRoot, true);
    assert.equal(spec.automountServiceAccountToken, false);
    assert.equal(container.securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(container.securityContext.capabilities.drop, ['ALL']);
    assert.deepEqual(
      container.volumeMounts.map(({ name }) => name).sort(), spec.volumes.map(({ name }) => name).sort());
  });
}

test('the default values are of the schema, and each has a line there', () => {
  assert.ok(conforms(defaults), JSON.stringify(conforms.errors));
  const known = node => node.$ref ? schema.definitions[node.$ref.split('/').at(-1)] : node;
  const compare = (values, node, path) => {
    const { properties } = known(node);
    if (properties && values && typeof values === 'object' && !Array.isArray(values)) {
      const extra = path === '' ? ['global'] : [];
      assert.deepEqual([...Object.keys(values), ...extra].sort(), Object.keys(properties).sort(), path);
      Object.entries(values).forEach(([key, value]) => compare(value, properties[key], `${path}.${key}`));
    }
  };
  compare(defaults, schema, '');
});

test('values that do not exist are refused', () => {
  for (const wrong of [
    { replica: 3 }, { store: { kind: 'postgres' } }, { settings: { 'server:grpcPort': 1 } }, { replicas: 0 },
    { policy: { winner: 'both' } }, { service: { grpcPort: 70000 } }, { store: { embedded: { size: 'big' } } },
  ]) {
    assert.ok(!conforms(merged(defaults, wrong)), JSON.stringify(wrong));
  }
});

test('what cannot work is refused with what to set', () => {
  for (const [values, message] of [
    [{}, 'identityKeySecret.name is missing'],
    [{ ...minimal, access: { required: false } }, 'access.required is false'],
    [{ ...minimal, tls: { endsElsewhere: false } }, 'tls.secret is missing'],
    [{ ...minimal, ingress: { enabled: true } }, 'ingress.host is missing'],
    [{ store: { kind: 'embedded' }, autoscaling: { enabled: true } }, 'autoscaling.enabled needs store.kind redis'],
  ]) {
    assert.match(renderValues(values).refusal ?? '', new RegExp(message.replaceAll('.', '\\.')));
  }
});

test('the embedded store has one pod with a volume, and lets go of it before the next starts', () => {
  const { find } = render(join(chart, 'ci/embedded-values.yaml'));

  const { spec } = find('Deployment');
  assert.deepEqual([spec.replicas, spec.strategy.type], [1, 'Recreate']);
  assert.equal(find('PersistentVolumeClaim').metadata.annotations['helm.sh/resource-policy'], 'keep');
  assert.equal(find('PodDisruptionBudget'), undefined);
  const environment = environmentOf(find('Deployment'));
  assert.deepEqual(
    [environment.Server__Store, environment.Throttle__FirstPolicyWins], ['sqlite', 'true']);
  assert.match(parse(find('ConfigMap').data['policy.yaml']).rules[0].name, /two-a-day/);
});

test('Kubernetes would not take just anything', async () => {
  const { find } = render(join(chart, 'ci/redis-values.yaml'));
  const wrong = structuredClone(find('Deployment'));
  wrong.spec.template.spec.containers[0].ports[0].containerPort = 'grpc';

  const Model = await modelOf(wrong);

  assert.throws(() => new Model(wrong).validate());
});

test('no secret is written into a manifest', () => {
  const { find } = render(join(chart, 'ci/everything-values.yaml'));

  const password = find('Deployment').spec.template.spec.containers[0].env.find(
    ({ name }) => name === 'Redis__Password');
  assert.deepEqual(password.valueFrom.secretKeyRef, { name: 'redis', key: 'pw' });
  assert.equal(find('Secret'), undefined);
});

test('Prometheus and Grafana are given what they fetch, the rules and the picture', () => {
  const { find } = render(join(chart, 'ci/everything-values.yaml'));

  const service = find('Service', 'trial');
  const [endpoint] = find('ServiceMonitor').spec.endpoints;
  assert.ok(service.spec.ports.some(({ name }) => name === endpoint.port));
  assert.deepEqual(find('ServiceMonitor').spec.selector.matchLabels, service.spec.selector);
  assert.deepEqual([endpoint.path, endpoint.interval, endpoint.scheme], ['/metrics', '15s', 'https']);
  assert.equal(find('ServiceMonitor').metadata.labels.release, 'prometheus');
  assert.equal(environmentOf(find('Deployment')).Telemetry__Prometheus, 'true');
  assert.deepEqual(
    find('PrometheusRule').spec, parse(readFileSync(join(chart, 'alerts/h2h-throttle.rules.yaml'), 'utf8')));
  assert.deepEqual(
    JSON.parse(find('ConfigMap', 'trial-dashboard').data['h2h-throttle.json']),
    JSON.parse(readFileSync(join(chart, 'dashboards/h2h-throttle.json'), 'utf8')));
  assert.equal(find('ConfigMap', 'trial-dashboard').metadata.labels.grafana_dashboard, '1');
});

test('what is sent to a collector is let out, and Prometheus is let in', () => {
  const { find } = render(join(chart, 'ci/everything-values.yaml'));

  const { ingress, egress } = find('NetworkPolicy').spec;
  assert.ok(egress.some(({ ports }) => ports.some(({ port }) => port === 4318)));
  assert.ok(ingress.some(({ from, ports }) =>
    from[0].namespaceSelector?.matchLabels.team === 'watch' && ports[0].port === 'http'));
  assert.equal(environmentOf(find('Deployment')).Telemetry__Endpoint, 'https://collector.example:4318/otlp');
});

test('events are let out to receivers of webhooks where that is asked for', () => {
  const egressOf = file => render(join(chart, `ci/${file}-values.yaml`)).find('NetworkPolicy').spec.egress;
  const isToReceivers = ({ ports, to }) => ports.some(({ port }) => port === 8443)
    && to[0].ipBlock.cidr === '203.0.113.0/24';

  assert.ok(egressOf('everything').some(isToReceivers));
  assert.ok(!egressOf('redis').some(({ ports }) => ports.some(({ port }) => port === 443)));
});

test('without being asked for nothing is told', () => {
  const { find, documents } = render(join(chart, 'ci/redis-values.yaml'));

  assert.deepEqual(Object.keys(environmentOf(find('Deployment'))).filter(name => name.startsWith('Telemetry')), []);
  assert.deepEqual(documents.filter(({ apiVersion }) => apiVersion.startsWith('monitoring.')), []);
});

test('every alert and every panel asks in the language of Prometheus', () => {
  const mistakes = text => {
    const places = [];
    promql.parse(text).iterate({ enter: ({ type, from }) => { if (type.isError) places.push(from); } });
    return places;
  };
  const rules = parse(readFileSync(join(chart, 'alerts/h2h-throttle.rules.yaml'), 'utf8')).groups
    .flatMap(group => group.rules).map(rule => rule.expr);
  const dashboard = JSON.parse(readFileSync(join(chart, 'dashboards/h2h-throttle.json'), 'utf8'));
  const panels = dashboard.panels.flatMap(panel => panel.targets ?? [])
    .map(target => target.expr.replaceAll('$__rate_interval', '5m'));

  assert.notDeepEqual(mistakes('sum(rate(x{}[5m]) >'), []);
  assert.ok(rules.length > 15 && panels.length > 30);
  for (const expression of [...rules, ...panels]) {
    assert.deepEqual(mistakes(expression), [], expression);
  }
});

test('promtool takes the alerts, and they fire and stay silent when they should', context => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const { error, status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', 'alerts.test.yaml'],
    { cwd: here, encoding: 'utf8' });
  if (error?.code === 'ENOENT') {
    context.skip('there is no promtool; on Debian: apt-get install prometheus');
    return;
  }
  assert.equal(status, 0, `${stdout}\n${stderr}`);
});

test('a scaled deployment leaves the number of pods to the autoscaler', () => {
  const { find } = render(join(chart, 'ci/everything-values.yaml'));

  assert.equal(find('Deployment').spec.replicas, undefined);
  assert.deepEqual([find('HorizontalPodAutoscaler').spec.minReplicas, find('Ingress').spec.ingressClassName],
    [3, 'nginx']);
});

function merged(into, from) {
  const isMap = value => value && typeof value === 'object' && !Array.isArray(value);
  return isMap(into) && isMap(from)
    ? { ...into, ...Object.fromEntries(Object.entries(from).map(([key, value]) => [key, merged(into[key], value)])) }
    : from;
}
