package org.rtda.evaluator.suite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.SourceModel;

/**
 * Images made against other models, by PGD in the norm of the judged model's training. The clean images and PGD on the judged
 * model itself stand beside them, to compare with.
 */
public final class TransferSuite implements Suite {
    private final List<SourceModel> sources;
    private final Double epsilon;

    /**
     * @param epsilon radius in the norm of the judged model's training; null for the radius of that training
     * @throws InvalidFieldException when two sources are of one experiment: their figures could not be told apart
     */
    public TransferSuite(List<SourceModel> sources, Double epsilon) {
        Set<String> experiments = new HashSet<>();
        for (SourceModel source : sources) {
            if (!experiments.add(source.experimentId())) {
                throw new InvalidFieldException(
                        "transferFrom", source.experimentId() + " twice", "models of different experiments");
            }
        }
        this.sources = sources;
        this.epsilon = epsilon;
    }

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public String split() {
        return TEST;
    }

    @Override
    public int images(SuiteSubject subject) {
        return subject.settings().testImages();
    }

    @Override
    public List<Condition> conditions(SuiteSubject subject) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.clean(TEST));
        AttackSettings attack =
                epsilon == null ? subject.pgdOfTheTrainingBall() : subject.pgdOfTheTrainingNorm(epsilon);
        conditions.add(subject.attack(attack));
        for (SourceModel source : sources) {
            conditions.add(Condition.transfer(source, attack, TEST));
        }
        return conditions;
    }
}
