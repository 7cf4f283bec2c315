package org.rtda.gateway.security;

import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.problem.Problem;

/**
 * What no request may be, whoever sends it. A browser sends a person's credentials along with requests that another site's page makes:
 * these may read nothing (the browser sees to that) and must change nothing (this does). Three checks:
 *
 * <ul>
 *   <li>The host must be one of the gateway's own names: a page of a name that somebody has pointed at this machine (DNS rebinding) would count as
 *       the gateway's own page. IP addresses are no names, and nobody can point them elsewhere.
 *   <li>A request that may change something must not come from another origin, as Fetch Metadata says, and where a browser sends none, as
 *       Origin does. Programs send neither.
 *   <li>The path must be in its normal form, since roles and limits are decided by paths: whoever reads it must read the same.
 * </ul>
 */
final class RequestGuard {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern IP_V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IP_V6 = Pattern.compile("\\[[0-9a-f:.]+]");
    /** A parameter of a path segment, and what is a slash only to some. */
    private static final Pattern AMBIGUOUS = Pattern.compile(";|%2f|%5c|%3b|%25|%00|\\\\", Pattern.CASE_INSENSITIVE);

    private final Set<String> names = new HashSet<>();
    private final Set<String> origins;

    /**
     * @param names of the gateway, in addition to {@code localhost}
     * @param origins that may change something: {@code https://portal.example.org}
     */
    RequestGuard(Collection<String> names, Collection<String> origins) {
        this.names.add("localhost");
        names.forEach(name -> this.names.add(withoutPort(name.strip().toLowerCase(Locale.ROOT))));
        this.origins = Set.copyOf(origins);
    }

    /**
     * What is looked at of a request; a header that it does not have is null.
     *
     * @param path as it was sent
     * @param normalizedPath as the policies of roles see it
     * @param host with its port
     * @param hosts how many Host headers there are
     * @param fetchSite Sec-Fetch-Site
     */
    record Request(
            String method,
            String path,
            String normalizedPath,
            String host,
            int hosts,
            String origin,
            String fetchSite) {}

    /** Whether requests of this method may change something; those of the others only read. */
    static boolean mayChangeSomething(String method) {
        return !SAFE_METHODS.contains(method);
    }

    /** @return empty when the request may pass */
    Optional<Problem> refuse(Request request) {
        if (!request.path().equals(request.normalizedPath())
                || request.path().startsWith(ApiPath.V1) && request.path().endsWith("/")
                || AMBIGUOUS.matcher(request.path()).find()) {
            return Optional.of(Problem.of(
                    400,
                    "the path must be in its normal form: no empty or dotted segments, no '/' at its end, no ';' or '\\', and no '/', ';' or '%' in"
                            + " escaped form"));
        }
        if (!isOwnHost(request)) {
            return Optional.of(
                    Problem.of(
                            421,
                            "the gateway is not known as "
                                    + (request.host() == null ? "two hosts at once" : withoutPort(request.host()))
                                    + ": name it by its IP address, or add the name to RTDA_SECURITY_HOSTS (rtda.security.hosts) of the gateway"));
        }
        if (mayChangeSomething(request.method()) && isOfAnotherOrigin(request)) {
            return Optional.of(Problem.of(
                    403,
                    "a page of another origin (" + request.origin()
                            + ") may not change anything here; an origin that shall is named in"
                            + " quarkus.http.cors.origins"));
        }
        return Optional.empty();
    }

    /** HTTP/1.0 knows requests without a host; no browser sends one. */
    private boolean isOwnHost(Request request) {
        if (request.host() == null) {
            return request.hosts() == 0;
        }
        String host = withoutPort(request.host().toLowerCase(Locale.ROOT));
        return request.hosts() <= 1
                && (names.contains(host)
                        || IP_V4.matcher(host).matches()
                        || IP_V6.matcher(host).matches());
    }

    private static String withoutPort(String host) {
        String name = host.replaceFirst(":\\d{1,5}$", "");
        // a name that ends at the root is the same name
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private boolean isOfAnotherOrigin(Request request) {
        if (request.origin() != null && origins.contains(request.origin())) {
            return false;
        }
        if (request.fetchSite() != null) {
            return !List.of("same-origin", "none").contains(request.fetchSite());
        }
        return request.origin() != null
                && authority(request.origin())
                        .filter(authority -> authority.equalsIgnoreCase(request.host()))
                        .isEmpty();
    }

    /** Host and port: whoever ends TLS before the gateway changes the scheme. */
    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
