{{- define "rtda.labels" -}}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
app.kubernetes.io/name: rtda
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* Of one service: dict "root" $ "service" NAME */}}
{{- define "rtda.selector" -}}
app.kubernetes.io/name: rtda
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .service }}
{{- end }}

{{- define "rtda.bootstrapServers" -}}
{{- if .Values.kafka.strimzi.enabled -}}
{{ .Release.Name }}-kafka-bootstrap:9092
{{- else -}}
{{ required "kafka.bootstrapServers must name the broker (HOST:PORT), or kafka.strimzi.enabled make one" .Values.kafka.bootstrapServers }}
{{- end -}}
{{- end }}

{{- define "rtda.ownerSecret" -}}
{{ .Values.signIn.existingSecret | default (printf "%s-owner" .Release.Name) }}
{{- end }}

{{/* Names under which the gateway is reached, with commas between */}}
{{- define "rtda.hosts" -}}
{{- $service := printf "%s-gateway" .Release.Name -}}
{{- $inside := printf "%s.%s" $service .Release.Namespace -}}
{{- $hosts := list $service $inside (printf "%s.svc" $inside) (printf "%s.svc.cluster.local" $inside) -}}
{{- if .Values.ingress.enabled }}{{ $hosts = append $hosts .Values.ingress.host }}{{ end -}}
{{ concat $hosts .Values.signIn.hosts | join "," }}
{{- end }}

{{- define "rtda.storeSecret" -}}
{{ .Values.store.existingSecret | default (printf "%s-store" .Release.Name) }}
{{- end }}
