# The service, as small as it goes: no shell, no package manager, not root, nothing to write to but /data.
#
#   docker build -t h2h-throttle .
#   docker run --rm -e Access__Insecure=true -p 127.0.0.1:7001:7001 -p 127.0.0.1:7002:7002 -v h2h:/data h2h-throttle
#
# In a container it listens on every interface, and therefore wants to be secured or told to be insecure: see
# src/H2H.Throttle.Server/Access/README.md. The images that it is made from can be others: --build-arg RUNTIME_IMAGE=…

ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Native libraries come for every system there is; only Linux's are of use here.
RUN dotnet publish src/H2H.Throttle.Server -c Release -o /app -p:UseAppHost=false \
    && find /app/runtimes -mindepth 1 -maxdepth 1 ! -name 'linux*' -exec rm -r {} + \
    && mkdir /data

FROM ${RUNTIME_IMAGE}
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="H2H Throttle" \
      org.opencontainers.image.description="Asked before a person is contacted: caps, quiet hours, opt-outs" \
      org.opencontainers.image.version="${VERSION}"
WORKDIR /app
COPY --from=build /app .
# 1654 is the user that Microsoft's images call app.
COPY --from=build --chown=1654:1654 /data /data
USER 1654:1654
VOLUME /data
ENV Server__Host=* \
    Server__GrpcPort=7001 \
    Server__HttpPort=7002 \
    Sqlite__Path=/data/h2h-throttle.db \
    DOTNET_EnableDiagnostics=0
EXPOSE 7001 7002
HEALTHCHECK --interval=10s --timeout=6s --start-period=10s \
    CMD ["dotnet", "/app/H2H.Throttle.Server.dll", "probe"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/H2H.Throttle.Server.dll"]
