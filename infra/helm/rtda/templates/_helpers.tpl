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

{{- define "rtda.accountsSecret" -}}
{{- if .Values.kafka.strimzi.enabled }}
{{- fail "accounts.enabled needs a broker of your own: kafka.bootstrapServers, and kafka.strimzi.enabled false" }}
{{- end -}}
{{ required "accounts.existingSecret must name a secret with an entry for each account, its password" .Values.accounts.existingSecret }}
{{- end }}

{{/* How every client of broker and store connects, besides who it is */}}
{{- define "rtda.links" -}}
- {name: KAFKA_BOOTSTRAP_SERVERS, value: {{ include "rtda.bootstrapServers" . | quote }}}
- {name: RTDA_STORE_ENDPOINT, value: {{ required "store.endpoint must be the S3 store's address, for example http://minio:9000" .Values.store.endpoint | quote }}}
- {name: RTDA_STORE_BUCKET, value: {{ .Values.store.bucket | quote }}}
- {name: RTDA_STORE_REGION, value: {{ .Values.store.region | quote }}}
{{- if .Values.accounts.enabled }}
- {name: KAFKA_SECURITY_PROTOCOL, value: {{ .Values.accounts.protocol | quote }}}
{{- if .Values.accounts.caSecret }}
- {name: KAFKA_SSL_TRUSTSTORE_TYPE, value: PEM}
- {name: KAFKA_SSL_TRUSTSTORE_LOCATION, value: /run/rtda/ca.crt}
- {name: RTDA_STORE_TRUSTED_CERTIFICATES, value: /run/rtda/ca.crt}
{{- end }}
{{- end }}
{{- end }}

{{- define "rtda.storeSecret" -}}
{{ .Values.store.existingSecret | default (printf "%s-store" .Release.Name) }}
{{- end }}
