# One image a service; SERVICE says which: the folder of its module. Build from the top of the repository:
#
#   docker build -f infra/images/service.Dockerfile --build-arg SERVICE=gateway -t rtda/gateway .
#
# All services share the build stage, so Maven runs once for all of them.
#
# Needs BuildKit, for "RUN --mount" and "COPY --chmod". "docker build" of Docker 23 and later uses it only where the plugin buildx
# is installed: without buildx it takes the old builder, which fails at these lines. Docker 20.10 has BuildKit built in and needs
# DOCKER_BUILDKIT=1. "docker buildx version" tells whether the plugin is there.

ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-17
ARG JRE_IMAGE=eclipse-temurin:17-jre
# APP=prebuilt takes SERVICE/target/quarkus-app and the bill of materials beside it from the build context instead of running
# Maven: for continuous integration that has them already. The context is then a folder that holds these and infra/images.
ARG APP=build

FROM ${MAVEN_IMAGE} AS build
# cpu, or cu124: see docker-compose.gpu.yml
ARG PYTORCH=cpu
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    case "${PYTORCH}" in \
      cpu) natives="" ;; \
      cu124) natives="-Ddjl.version=0.32.0 -Dpytorch.version=2.5.1 -Dpytorch.flavor=cu124" ;; \
      *) echo "PYTORCH must be cpu or cu124, was ${PYTORCH}" >&2; exit 1 ;; \
    esac \
 && mvn -B -ntp -DskipTests -Dspotless.check.skip=true ${natives} package -am \
      -pl augment-service,attack-service,trainer-service,evaluator-service,gateway,infra/access

FROM scratch AS prebuilt
COPY . /src

FROM ${APP} AS app

FROM ${JRE_IMAGE}
ARG SERVICE
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="rtda ${SERVICE}" \
      org.opencontainers.image.description="Robust Training with Data Augmentation for medical image classifiers: ${SERVICE}. Not for clinical use." \
      org.opencontainers.image.version="${VERSION}" \
      org.rtda.sbom="/app/sbom.cdx.json" \
      org.opencontainers.image.revision="${REVISION}"

# A number, so that orchestrators can see that it is not root. The folder is where PyTorch's libraries are unpacked.
RUN mkdir -p /app /var/cache/djl && chown 10001:10001 /var/cache/djl
COPY --chmod=0755 infra/images/healthcheck.sh /app/healthcheck.sh

# What changes least comes first: the libraries (up to 300 MB) are one layer that a change of the service leaves alone.
COPY --from=app /src/${SERVICE}/target/quarkus-app/lib/ /app/lib/
COPY --from=app /src/${SERVICE}/target/quarkus-app/quarkus-run.jar /app/
COPY --from=app /src/${SERVICE}/target/quarkus-app/quarkus/ /app/quarkus/
COPY --from=app /src/${SERVICE}/target/quarkus-app/app/ /app/app/
# what is in these folders (CycloneDX); the base image has a list of its own
COPY --from=app /src/${SERVICE}/target/*.cdx.json /app/sbom.cdx.json

# QUARKUS_MANAGEMENT_*: the gateway's health and metrics, for those inside the container's network; nobody publishes that port.
# OMP_WAIT_POLICY: PyTorch's threads would otherwise spin on the cores that other services need.
# MALLOC_ARENA_MAX: glibc's main arena alone; in the others large arrays of PyTorch find no room.
# MALLOC_*_: memory of one pass serves the next (up to 4 GiB of it) instead of coming back from the system page by page.
# DJL_*: the libraries come from the class path; nothing is looked for on the network.
ENV SERVICE=${SERVICE} \
    QUARKUS_HTTP_PORT=8080 \
    QUARKUS_MANAGEMENT_HOST=0.0.0.0 \
    QUARKUS_MANAGEMENT_PORT=9000 \
    OMP_WAIT_POLICY=PASSIVE \
    MALLOC_ARENA_MAX=1 \
    MALLOC_TRIM_THRESHOLD_=4294967296 \
    MALLOC_TOP_PAD_=67108864 \
    MALLOC_MMAP_THRESHOLD_=1073741824 \
    DJL_OFFLINE=true \
    DJL_CACHE_DIR=/var/cache/djl \
    ENGINE_CACHE_DIR=/var/cache/djl \
    OPT_OUT_TRACKING=true \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"

USER 10001:10001
WORKDIR /app
EXPOSE 8080
# Ready after 15 to 25 s, and after 3 minutes on a machine with far too much to do.
HEALTHCHECK --interval=10s --timeout=10s --start-period=240s --retries=3 CMD ["/app/healthcheck.sh"]
ENTRYPOINT ["java", "-jar", "/app/quarkus-run.jar"]
