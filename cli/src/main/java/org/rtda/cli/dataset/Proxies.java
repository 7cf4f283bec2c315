package org.rtda.cli.dataset;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rtda.cli.terminal.CommandFailure;

/**
 * The proxy as the environment names it ({@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}, in either case), else as Java's own
 * settings do. {@code http://USER:PASSWORD@HOST:PORT} is a proxy that asks who comes; no message repeats it.
 */
public final class Proxies {
    /** Of Java's HTTP client, read once, when the first client is made. */
    private static final String SCHEMES_NOT_TAKEN = "jdk.http.auth.tunneling.disabledSchemes";

    private Proxies() {}

    /** What a proxy is told that asks who comes. A server that asks is told nothing. */
    static final class Login extends Authenticator {
        private final String user;
        private final char[] password;
        private int asked;

        private Login(String user, char[] password) {
            this.user = user;
            this.password = password;
        }

        private static Login of(String rawUserInfo) {
            int end = rawUserInfo.indexOf(':');
            return new Login(
                    decoded(end < 0 ? rawUserInfo : rawUserInfo.substring(0, end)),
                    decoded(end < 0 ? "" : rawUserInfo.substring(end + 1)).toCharArray());
        }

        /** Of percent signs alone: a plus is a plus in an address. */
        private static String decoded(String part) {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        /** Whether the proxy asked again after it had been told. */
        synchronized boolean isRefused() {
            return asked > 1;
        }

        @Override
        protected synchronized PasswordAuthentication getPasswordAuthentication() {
            if (getRequestorType() != RequestorType.PROXY) {
                return null;
            }
            asked++;
            return new PasswordAuthentication(user, password);
        }
    }

    /**
     * Has Java give a proxy the user's password for HTTPS, too, which it does not by default, unless the user has set how it does. It must
     * be called before the process makes its first HTTP client.
     */
    public static void takePasswords() {
        if (System.getProperty(SCHEMES_NOT_TAKEN) == null) {
            System.setProperty(SCHEMES_NOT_TAKEN, "");
        }
    }

    static ProxySelector of(Map<String, String> environment, URI address) {
        if (isException(environment, address)) {
            return HttpClient.Builder.NO_PROXY;
        }
        return named(environment, address)
                .map(proxy -> ProxySelector.of(
                        new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort())))
                .orElseGet(ProxySelector::getDefault);
    }

    /** User and password, for the proxy alone; empty where there are none. */
    static Optional<Login> login(Map<String, String> environment, URI address) {
        if (isException(environment, address)) {
            return Optional.empty();
        }
        return named(environment, address)
                .map(URI::getRawUserInfo)
                .filter(login -> !login.isEmpty())
                .map(Login::of);
    }

    private static boolean isException(Map<String, String> environment, URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        for (String exception : value(environment, "NO_PROXY").split(",")) {
            String name = exception.strip().toLowerCase(Locale.ROOT);
            String domain = name.startsWith(".") ? name : "." + name;
            if (!name.isEmpty() && (name.equals("*") || host.equals(name) || host.endsWith(domain))) {
                return true;
            }
        }
        return false;
    }

    /** Empty where the environment names none. */
    private static Optional<URI> named(Map<String, String> environment, URI address) {
        String proxy = value(environment, address.getScheme().toUpperCase(Locale.ROOT) + "_PROXY");
        if (proxy.isEmpty()) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        } catch (IllegalArgumentException e) {
            // not as the cause: its message repeats the whole address
            throw notUnderstood();
        }
        if (uri.getHost() == null || !"http".equalsIgnoreCase(uri.getScheme())) {
            throw notUnderstood();
        }
        return Optional.of(uri);
    }

    /** It may hold a password, so it is not repeated. */
    private static CommandFailure notUnderstood() {
        return new CommandFailure(
                "the proxy in the environment (HTTPS_PROXY, HTTP_PROXY) must be http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with"
                        + " characters such as @, /, # and % in user and password percent-encoded (@ is %40); or download the file by"
                        + " another program and give it with --file");
    }

    private static String value(Map<String, String> environment, String name) {
        String lower = environment.get(name.toLowerCase(Locale.ROOT));
        return lower != null
                ? lower.strip()
                : environment.getOrDefault(name, "").strip();
    }
}
