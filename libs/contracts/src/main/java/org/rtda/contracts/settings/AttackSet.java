package org.rtda.contracts.settings;

import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;

/**
 * Attacks of which the worst counts, image by image: an image that one of them fooled is not given to the next.
 *
 * @param name one of the {@link KnownNames#ATTACK_SETS}
 * @param members resolved, in the order in which they are tried, all of one norm and epsilon
 */
public record AttackSet(String name, List<AttackSettings> members) {
    public AttackSet {
        Check.oneOf("attackSet.name", name, KnownNames.ATTACK_SETS);
        members = Check.copyOf("attackSet.members", members);
        Check.inRange("attackSet.members (how many)", members.size(), 1, 16);
        AttackSettings first = members.get(0);
        Check.present("attackSet.members.epsilon", first.epsilon());
        for (AttackSettings member : members) {
            Check.oneOf("attackSet.members.norm", member.norm(), List.of(first.norm()));
            Check.oneOf("attackSet.members.epsilon", member.epsilon(), List.of(first.epsilon()));
        }
    }

    /** One of {@link KnownNames#NORMS}; not part of the document. */
    public String norm() {
        return members.get(0).norm();
    }

    /** In pixel units; not part of the document. */
    public double epsilon() {
        return members.get(0).epsilon();
    }
}
