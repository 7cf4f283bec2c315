package org.rtda.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Conditions on how many classes stand in one place and under one name. Nested classes count with the one that has them. */
final class Packages {
    private Packages() {}

    static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    static ArchCondition<JavaClass> haveAtMost(int most) {
        return new OnGroups(
                "be in packages of at most " + most + " classes",
                JavaClass::getPackageName,
                (name, members) -> members.size() > most ? name + " has " + members.size() + " classes" : null);
    }

    static ArchCondition<JavaClass> haveNamesOfTheirOwn() {
        return new OnGroups(
                "have a name of their own",
                JavaClass::getSimpleName,
                (name, members) -> members.size() > 1
                        ? name + " is the name of "
                                + members.stream().map(JavaClass::getName).collect(Collectors.joining(" and "))
                        : null);
    }

    private interface Complaint {
        /** @return null when nothing is wrong */
        String about(String group, List<JavaClass> members);
    }

    private static final class OnGroups extends ArchCondition<JavaClass> {
        private static final String NO_CODE = "package-info";

        private final Function<JavaClass, String> groupOf;
        private final Complaint complaint;
        private Map<String, List<JavaClass>> groups = Map.of();

        private OnGroups(String description, Function<JavaClass, String> groupOf, Complaint complaint) {
            super(description);
            this.groupOf = groupOf;
            this.complaint = complaint;
        }

        @Override
        public void init(Collection<JavaClass> all) {
            groups = all.stream()
                    .filter(type ->
                            type.isTopLevelClass() && !type.getSimpleName().equals(NO_CODE))
                    .collect(Collectors.groupingBy(groupOf, TreeMap::new, Collectors.toList()));
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            // told of once for a group: by its first class
            List<JavaClass> members = groups.getOrDefault(groupOf.apply(type), List.of(type));
            String wrong = complaint.about(groupOf.apply(type), members);
            boolean isFirst = members.get(0).equals(type);
            events.add(
                    new SimpleConditionEvent(type, wrong == null || !isFirst, wrong == null ? type.getName() : wrong));
        }
    }
}
