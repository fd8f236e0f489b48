{{/* The server's settings, as its environment. Names are those of the table in src/H2H.Throttle.Server/README.md, with __ for the colon. */}}
{{- define "h2h.settings" -}}
{{- $settings := dict
    "Server__Host" "*"
    "Server__GrpcPort" "7001"
    "Server__HttpPort" "7002"
    "Server__Store" (ternary "sqlite" "redis" (eq .Values.store.kind "embedded"))
    "Access__Required" (toString .Values.access.required)
    "Access__Insecure" (toString .Values.access.insecure)
    "Access__JwtIssuer" .Values.access.jwtIssuer
    "Access__JwtAudience" .Values.access.jwtAudience
    "Access__CallsPerSecondMax" (toString (int .Values.access.callsPerSecondMax))
    "Throttle__FirstPolicyWins" (toString (eq .Values.policy.winner "file")) }}
{{- if eq .Values.store.kind "embedded" }}
{{- $_ := set $settings "Sqlite__Path" "/data/h2h-throttle.db" }}
{{- else }}
{{- $_ := set $settings "Redis__Configuration" .Values.store.redis.configuration }}
{{- $_ := set $settings "Redis__User" .Values.store.redis.user }}
{{- $_ := set $settings "Redis__Tls" (toString .Values.store.redis.tls) }}
{{- if .Values.store.redis.authoritySecret.name }}
{{- $_ := set $settings "Redis__TlsAuthorityFile" (printf "/etc/h2h/redis-authority/%s" .Values.store.redis.authoritySecret.key) }}
{{- end }}
{{- end }}
{{- if .Values.policy.document }}
{{- $_ := set $settings "Server__FirstPolicyPath" "/etc/h2h/policy/policy.yaml" }}
{{- end }}
{{- if .Values.identityKeySecret.name }}
{{- $_ := set $settings "Server__IdentityKeyPath" (printf "/etc/h2h/identity/%s" .Values.identityKeySecret.key) }}
{{- end }}
{{- if .Values.access.adminKeySecret.name }}
{{- $_ := set $settings "Access__AdminKeyPath" (printf "/etc/h2h/admin/%s" .Values.access.adminKeySecret.key) }}
{{- end }}
{{- if .Values.tls.secret }}
{{- $_ := set $settings "Tls__CertificatePath" "/etc/h2h/tls/tls.crt" }}
{{- $_ := set $settings "Tls__KeyPath" "/etc/h2h/tls/tls.key" }}
{{- if .Values.tls.clientRootsSecret.name }}
{{- $_ := set $settings "Tls__ClientRootsPath" (printf "/etc/h2h/client-roots/%s" .Values.tls.clientRootsSecret.key) }}
{{- end }}
{{- else }}
{{- $_ := set $settings "Tls__EndsElsewhere" (toString .Values.tls.endsElsewhere) }}
{{- end }}
{{- if or .Values.telemetry.prometheus .Values.telemetry.serviceMonitor.enabled }}
{{- $_ := set $settings "Telemetry__Prometheus" "true" }}
{{- end }}
{{- if .Values.telemetry.otlp.endpoint }}
{{- $_ := set $settings "Telemetry__Endpoint" .Values.telemetry.otlp.endpoint }}
{{- $_ := set $settings "Telemetry__Protocol" .Values.telemetry.otlp.protocol }}
{{- $_ := set $settings "Telemetry__TracesRatio" (toString .Values.telemetry.tracesRatio) }}
{{- end }}
{{- range $name, $value := .Values.settings }}
{{- $_ := set $settings $name (toString $value) }}
{{- end }}
{{- range $name := keys $settings | sortAlpha }}
- name: {{ $name }}
  value: {{ get $settings $name | quote }}
{{- end }}
{{- if and (eq .Values.store.kind "redis") .Values.store.redis.passwordSecret.name }}
- name: Redis__Password
  valueFrom:
    secretKeyRef:
      name: {{ .Values.store.redis.passwordSecret.name }}
      key: {{ .Values.store.redis.passwordSecret.key }}
{{- end }}
{{- end }}
