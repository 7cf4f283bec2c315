package org.rtda.gateway.openapi;

import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/**
 * The project's records and enumerations that the resources' methods take and answer, and those that are annotated as schemas, with all
 * that these are made of.
 */
final class DescribedTypes {
    private static final String PROJECT = "org.rtda.";

    private final Set<Class<?>> found = new LinkedHashSet<>();

    private DescribedTypes() {}

    /** @param index of the classes among which the resources are */
    static Set<Class<?>> of(IndexView index) {
        DescribedTypes types = new DescribedTypes();
        annotated(index, Path.class).forEach(types::addMethods);
        annotated(index, Schema.class).forEach(types::addClass);
        return types.found;
    }

    private static List<Class<?>> annotated(IndexView index, Class<? extends Annotation> annotation) {
        List<Class<?>> classes = new ArrayList<>();
        index.getAnnotations(DotName.createSimple(annotation.getName())).stream()
                .filter(found -> found.target().kind() == AnnotationTarget.Kind.CLASS)
                .map(found -> found.target().asClass().name().toString())
                .filter(name -> name.startsWith(PROJECT))
                .sorted()
                .forEach(name -> classes.add(load(name)));
        return classes;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, DescribedTypes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the index knows a resource that is not there: " + name, e);
        }
    }

    private void addMethods(Class<?> resource) {
        Arrays.stream(resource.getDeclaredMethods())
                .filter(method -> method.getAnnotations().length > 0)
                .sorted(Comparator.comparing(Method::toString))
                .forEach(method -> {
                    add(method.getGenericReturnType());
                    Arrays.stream(method.getGenericParameterTypes()).forEach(this::add);
                    Arrays.stream(method.getAnnotations()).forEach(this::addNamed);
                    Arrays.stream(method.getParameterAnnotations())
                            .flatMap(Arrays::stream)
                            .forEach(this::addNamed);
                });
    }

    private void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(this::add);
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType());
        } else if (type instanceof Class<?> one) {
            addClass(one);
        }
    }

    private void addClass(Class<?> type) {
        if (type.isArray()) {
            addClass(type.getComponentType());
        } else if (type.getName().startsWith(PROJECT) && (type.isRecord() || type.isEnum() || type.isSealed())) {
            if (!found.add(type)) {
                return;
            }
            if (type.isSealed()) {
                Arrays.stream(type.getPermittedSubclasses()).forEach(this::addClass);
            }
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    add(component.getGenericType());
                    Arrays.stream(component.getAccessor().getAnnotations()).forEach(this::addNamed);
                }
            }
        }
    }

    /** The classes that an annotation names, at any depth. */
    private void addNamed(Annotation annotation) {
        if (annotation.annotationType().getName().startsWith("java.")) {
            return;
        }
        for (Method element : annotation.annotationType().getDeclaredMethods()) {
            Object value = valueOf(annotation, element);
            if (value instanceof Class<?> type) {
                addClass(type);
            } else if (value instanceof Class<?>[] types) {
                Arrays.stream(types).forEach(this::addClass);
            } else if (value instanceof Annotation nested) {
                addNamed(nested);
            } else if (value instanceof Annotation[] nested) {
                Arrays.stream(nested).forEach(this::addNamed);
            }
        }
    }

    private static Object valueOf(Annotation annotation, Method element) {
        try {
            return element.invoke(annotation);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + annotation, e);
        }
    }

    /** The name of its schema, which the description may end with a digit where two have one name. */
    static String schemaName(Class<?> type) {
        Schema schema = type.getAnnotation(Schema.class);
        return schema != null && !schema.name().isEmpty() ? schema.name() : type.getSimpleName();
    }
}
