package org.rtda.gateway.openapi;

import com.github.therapi.runtimejavadoc.ClassJavadoc;
import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentVisitor;
import com.github.therapi.runtimejavadoc.Link;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import com.github.therapi.runtimejavadoc.Value;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Javadoc of one class as plain text. The compiler keeps it beside the class, so a build knows it without the sources. */
final class JavadocText {
    private final Class<?> type;
    private final ClassJavadoc javadoc;

    private JavadocText(Class<?> type, ClassJavadoc javadoc) {
        this.type = type;
        this.javadoc = javadoc;
    }

    /** Empty where the module of the class does not keep its Javadoc. */
    static JavadocText of(Class<?> type) {
        return new JavadocText(type, RuntimeJavadoc.getJavadoc(type.getName(), type));
    }

    /** The first sentence, and of an enumeration each constant that has a text; empty without either. */
    String summary() {
        String all = plain(javadoc.getComment());
        String first = all.replaceFirst("(?s)(?<=[.!?])\\s.*", "");
        List<String> constants = javadoc.getEnumConstants().stream()
                .filter(constant -> !constant.isEmpty())
                .map(constant -> constant.getName() + ": " + plain(constant.getComment()))
                .toList();
        return Stream.concat(Stream.of(first), constants.stream())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** What {@code @param} says of a record's component; empty where it says nothing. */
    String component(String name) {
        return javadoc.getRecordComponents().stream()
                .filter(component -> component.getName().equals(name))
                .map(component -> plain(component.getComment()))
                .findFirst()
                .orElse("");
    }

    private String plain(Comment comment) {
        StringBuilder text = new StringBuilder();
        comment.visit(new CommentVisitor() {
            @Override
            public void commentText(String part) {
                text.append(withoutMarkup(part));
            }

            @Override
            public void inlineLink(Link link) {
                text.append(words(link));
            }

            @Override
            public void inlineTag(String name, String content) {
                text.append(content);
            }

            @Override
            public void inlineValue(Value value) {
                text.append(constant(value));
            }
        });
        return text.toString().strip().replaceAll("\\s+", " ");
    }

    private static String withoutMarkup(String text) {
        return text.replaceAll("</?[a-z]+>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** Its label; where it has none of its own, the member in words, for example {@code attack sets} for a constant ATTACK_SETS. */
    private static String words(Link link) {
        String label = link.getLabel();
        return label.contains("#")
                ? label.substring(label.indexOf('#') + 1).replace('_', ' ').toLowerCase(Locale.ROOT)
                : label;
    }

    /** A constant is of the class itself, or of another one in its package. */
    private String constant(Value value) {
        try {
            Field field = owner(value.getReferencedClassName()).getDeclaredField(value.getReferencedMemberName());
            field.setAccessible(true);
            return String.valueOf(field.get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " names an unknown constant: " + value, e);
        }
    }

    private Class<?> owner(String name) throws ClassNotFoundException {
        if (name == null || name.isEmpty()) {
            return type;
        }
        String full = name.indexOf('.') < 0 ? type.getPackageName() + "." + name : name;
        return Class.forName(full, false, type.getClassLoader());
    }
}
