{{/* The release's name is the name of everything. */}}
{{- define "h2h.name" -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- end }}

{{- define "h2h.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "h2h.labels" -}}
{{ include "h2h.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "h2h.serviceAccount" -}}
{{- if .Values.serviceAccount.name }}{{ .Values.serviceAccount.name }}
{{- else if .Values.serviceAccount.create }}{{ include "h2h.name" . }}
{{- else }}default
{{- end }}
{{- end }}

{{/* What cannot work, said before anything is installed. */}}
{{- define "h2h.check" -}}
{{- if and (eq .Values.store.kind "redis") (not .Values.identityKeySecret.name) }}
{{- fail "identityKeySecret.name is missing: all pods of one Redis need the same key. Make it with: kubectl create secret generic h2h-identity --from-literal=identity.key=$(openssl rand -hex 32)" }}
{{- end }}
{{- if and .Values.autoscaling.enabled (eq .Values.store.kind "embedded") }}
{{- fail "autoscaling.enabled needs store.kind redis: the embedded store has one pod" }}
{{- end }}
{{- if and (not .Values.access.required) (not .Values.access.insecure) }}
{{- fail "access.required is false: whoever reaches the pods would be an admin. Set access.insecure if that is what you want" }}
{{- end }}
{{- if and (not .Values.tls.secret) (not .Values.tls.endsElsewhere) (not .Values.access.insecure) }}
{{- fail "tls.secret is missing: keys would be sent in cleartext. Set it, or tls.endsElsewhere if a mesh or ingress encrypts" }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
{{- fail "ingress.host is missing" }}
{{- end }}
{{- end }}
