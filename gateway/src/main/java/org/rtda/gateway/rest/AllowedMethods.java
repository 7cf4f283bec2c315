package org.rtda.gateway.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which methods each path takes, as the resources declare it. */
final class AllowedMethods {
    private static final Pattern PARAMETER = Pattern.compile("\\{\\s*\\w+\\s*(?::\\s*(.+?))?\\s*}");

    private final List<Declared> declared = new ArrayList<>();

    /** @param endless whether the answer has no end, so that there is nothing to say before it */
    private record Declared(Pattern path, String method, boolean endless) {}

    /** @param resources classes with a path */
    AllowedMethods(Collection<Class<?>> resources) {
        for (Class<?> resource : resources) {
            for (Method method : resource.getDeclaredMethods()) {
                httpMethod(method)
                        .ifPresent(name -> declared.add(new Declared(
                                pattern(resource.getAnnotation(Path.class), method.getAnnotation(Path.class)),
                                name,
                                isEndless(method))));
            }
        }
    }

    private static boolean isEndless(Method method) {
        Produces produces = method.getAnnotation(Produces.class);
        return produces != null && List.of(produces.value()).contains(MediaType.SERVER_SENT_EVENTS);
    }

    private static Optional<String> httpMethod(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (http != null) {
                return Optional.of(http.value());
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(Path ofClass, Path ofMethod) {
        String template = ofClass.value() + (ofMethod == null ? "" : ofMethod.value());
        StringBuilder regex = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(template);
        int end = 0;
        while (parameter.find()) {
            regex.append(Pattern.quote(template.substring(end, parameter.start())))
                    .append(parameter.group(1) == null ? "[^/]+" : parameter.group(1));
            end = parameter.end();
        }
        return Pattern.compile(regex + Pattern.quote(template.substring(end)));
    }

    /** Sorted; empty where there is nothing at this path. What is read may be asked for without its content, and any path for this. */
    Set<String> at(String path) {
        Set<String> methods = new TreeSet<>();
        for (Declared one : declared) {
            if (one.path.matcher(path).matches()) {
                methods.add(one.method);
                if (one.method.equals(HttpMethod.GET) && !one.endless) {
                    methods.add(HttpMethod.HEAD);
                }
            }
        }
        if (!methods.isEmpty()) {
            methods.add(HttpMethod.OPTIONS);
        }
        return methods;
    }
}
