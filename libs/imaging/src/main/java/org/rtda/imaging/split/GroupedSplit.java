package org.rtda.imaging.split;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides images among splits so that those of one group (a patient) stay together and every class has its share in each split.
 *
 * <p>The groups are put in a random order, larger ones first, and each goes to the split where it leaves the least sum, over
 * splits and classes, of squared differences between images that are there and images wanted, in parts of the class. Where every
 * group is one image, a class differs from its share in a split by at most one image. With groups no such bound holds for every
 * set; {@code GroupedSplitTest} states what is kept.
 *
 * <p>The order comes from hashes of the seed and the groups' names, so it depends neither on the order of the images nor on
 * groups that are added or removed.
 */
public final class GroupedSplit {
    private GroupedSplit() {}

    /**
     * @param labels of all images, each at least 0
     * @param groups of all images: those with the same name stay together; null for an image on its own is not allowed, its
     *     own name is
     * @param among splits to fill, by {@code shares} among themselves
     * @param seed any number
     * @return one split an image
     */
    public static Split[] draw(int[] labels, String[] groups, Set<Split> among, SplitShares shares, long seed) {
        if (labels.length != groups.length) {
            throw new IllegalArgumentException(
                    "there must be one group an image, got " + groups.length + " for " + labels.length + " images");
        }
        List<Group> ordered = groups(labels, groups, seed);
        Targets targets = new Targets(labels, EnumSet.copyOf(among), shares);
        for (Group group : ordered) {
            targets.take(group);
        }
        targets.fillEmpty(ordered);
        Split[] drawn = new Split[labels.length];
        for (Group group : ordered) {
            for (int image : group.images) {
                drawn[image] = group.split;
            }
        }
        return drawn;
    }

    private static List<Group> groups(int[] labels, String[] names, long seed) {
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        Map<String, Group> byName = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            Group group = byName.computeIfAbsent(names[i], name -> new Group(classes, order(name, seed)));
            group.images.add(i);
            group.perClass[labels[i]]++;
        }
        List<Group> ordered = new ArrayList<>(byName.values());
        ordered.sort(Comparator.comparing((Group group) -> -group.images.size())
                .thenComparing(group -> group.order, Arrays::compareUnsigned));
        return ordered;
    }

    private static byte[] order(String name, long seed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
            return digest.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Group {
        private final List<Integer> images = new ArrayList<>();
        private final int[] perClass;
        private final byte[] order;
        private Split split;

        Group(int classes, byte[] order) {
            this.perClass = new int[classes];
            this.order = order;
        }
    }

    /** What each split is to have and has, by class. */
    private static final class Targets {
        private static final double EQUAL = 1e-12;

        private final Set<Split> splits;
        private final double[][] wanted;
        private final int[][] taken;
        private final int[] perClass;

        Targets(int[] labels, Set<Split> splits, SplitShares shares) {
            int classes = Arrays.stream(labels).max().orElse(-1) + 1;
            this.splits = splits;
            this.perClass = new int[classes];
            this.wanted = new double[Split.values().length][classes];
            this.taken = new int[Split.values().length][classes];
            for (int label : labels) {
                perClass[label]++;
            }
            double all = splits.stream().mapToDouble(shares::of).sum();
            for (Split split : splits) {
                for (int label = 0; label < classes; label++) {
                    wanted[split.ordinal()][label] = perClass[label] * shares.of(split) / all;
                }
            }
        }

        void take(Group group) {
            Split best = null;
            double least = Double.POSITIVE_INFINITY;
            for (Split split : splits) {
                double cost = cost(split, group);
                // of equals the one that has least of these classes, so that small classes are in every split, then
                // train
                // before val before test
                boolean isLess = cost < least - EQUAL;
                if (isLess || (cost <= least + EQUAL && there(split, group) < there(best, group))) {
                    best = split;
                    least = cost;
                }
            }
            group.split = best;
            add(best, group, 1);
        }

        /**
         * Of few images a share can be so small that no class has one for it. Such a split gets the group that costs least there, of
         * those that are not the last of their split or of a class in training.
         */
        void fillEmpty(List<Group> groups) {
            for (Split split : splits) {
                if (groups.stream().noneMatch(group -> group.split == split)) {
                    groups.stream()
                            .filter(group -> canLeave(group, groups))
                            .min(Comparator.comparingDouble(group -> cost(split, group) + costOfLeaving(group)))
                            .ifPresent(group -> {
                                add(group.split, group, -1);
                                group.split = split;
                                add(split, group, 1);
                            });
                }
            }
        }

        private boolean canLeave(Group group, List<Group> groups) {
            for (int label = 0; group.split == Split.TRAIN && label < perClass.length; label++) {
                if (group.perClass[label] > 0 && taken[Split.TRAIN.ordinal()][label] == group.perClass[label]) {
                    return false;
                }
            }
            return groups.stream().filter(other -> other.split == group.split).count() > 1;
        }

        private double costOfLeaving(Group group) {
            add(group.split, group, -1);
            double cost = -cost(group.split, group);
            add(group.split, group, 1);
            return cost;
        }

        private void add(Split split, Group group, int times) {
            for (int label = 0; label < perClass.length; label++) {
                taken[split.ordinal()][label] += times * group.perClass[label];
            }
        }

        private int there(Split split, Group group) {
            int there = 0;
            for (int label = 0; label < perClass.length; label++) {
                there += group.perClass[label] > 0 ? taken[split.ordinal()][label] : 0;
            }
            return there;
        }

        /** By how much the sum of squares grows. */
        private double cost(Split split, Group group) {
            double cost = 0;
            for (int label = 0; label < perClass.length; label++) {
                int more = group.perClass[label];
                if (more > 0) {
                    double before = taken[split.ordinal()][label] - wanted[split.ordinal()][label];
                    double after = before + more;
                    cost += (after * after - before * before) / perClass[label];
                }
            }
            return cost;
        }
    }
}
