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

{{- define "rtda.storeSecret" -}}
{{ .Values.store.existingSecret | default (printf "%s-store" .Release.Name) }}
{{- end }}
