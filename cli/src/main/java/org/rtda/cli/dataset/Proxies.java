package org.rtda.cli.dataset;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Map;
import org.rtda.cli.terminal.CommandFailure;

/** The proxy as the environment names it ({@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}, in either case), else as Java's own settings do. */
final class Proxies {
    private Proxies() {}

    static ProxySelector of(Map<String, String> environment, URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        for (String exception : value(environment, "NO_PROXY").split(",")) {
            String name = exception.strip().toLowerCase(Locale.ROOT);
            String domain = name.startsWith(".") ? name : "." + name;
            if (!name.isEmpty() && (name.equals("*") || host.equals(name) || host.endsWith(domain))) {
                return HttpClient.Builder.NO_PROXY;
            }
        }
        String proxy = value(environment, address.getScheme().toUpperCase(Locale.ROOT) + "_PROXY");
        if (proxy.isEmpty()) {
            return ProxySelector.getDefault();
        }
        try {
            URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            if (uri.getHost() != null && uri.getUserInfo() == null) {
                return ProxySelector.of(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort()));
            }
        } catch (IllegalArgumentException e) {
            throw notUnderstood(e);
        }
        throw notUnderstood(null);
    }

    /** It may hold a password, so it is not repeated. */
    private static CommandFailure notUnderstood(Exception cause) {
        return new CommandFailure(
                "the proxy in the environment (HTTPS_PROXY, HTTP_PROXY) must be http://HOST:PORT, without user and password;"
                        + " download the file by another program and give it with --file",
                cause);
    }

    private static String value(Map<String, String> environment, String name) {
        String lower = environment.get(name.toLowerCase(Locale.ROOT));
        return lower != null
                ? lower.strip()
                : environment.getOrDefault(name, "").strip();
    }
}
