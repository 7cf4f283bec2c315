package org.rtda.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.attack.AttackObjective;
import org.rtda.nn.pytorch.attack.AttackParameters;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.attack.Norm;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzDataset;

/**
 * The attacks' robust accuracies on trained weights beside those of published implementations; see the script
 * {@code attack-parity}, which runs both sides.
 */
public final class AttackParity {
    private static final int BATCH = 128;
    private static final int PGD_STEPS = 10;
    private static final List<String> WORST_CASE = List.of("apgd-ce", "apgd-margin", "fab", "square");

    private final FrozenNetwork network;
    private final ImageBatch images;
    private final int[] labels;

    private AttackParity(FrozenNetwork network, ImageBatch images, int[] labels) {
        this.network = network;
        this.images = images;
        this.labels = labels;
    }

    /** Arguments: weights, images, how many of them (0 for all), the reference's answers. */
    public static void main(String[] arguments) throws IOException {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        new DatasetImporter(store)
                .importFrom(
                        "images", NpzDataset.of(Path.of(arguments[1])), DatasetDescription.of("as given", "as given"));
        DatasetRef dataset = new Datasets(store).find("images").orElseThrow();
        LabelledImages test = new DatasetReader(store, 0).readAll(dataset, "test");
        int wanted = Integer.parseInt(arguments[2]);
        int count = wanted == 0 ? test.labels().length : Math.min(wanted, test.labels().length);
        ImageBatch images = ImageBatch.of(test.images()).slice(0, count);
        Weights weights =
                SafeTensors.decode(Files.readAllBytes(Path.of(arguments[0]))).weights();
        NetworkArchitecture architecture = NetworkArchitecture.named(
                System.getenv("NETWORK"), images.channels(), images.height(), images.width(), (int)
                        weights.get("fc.bias").shape()[0]);
        Map<String, String> reference = new HashMap<>();
        for (String line : Files.readAllLines(Path.of(arguments[3]))) {
            int last = line.lastIndexOf('\t');
            reference.put(line.substring(0, last), line.substring(last + 1));
        }
        try (TorchEngine engine = TorchEngine.start("cpu");
                FrozenNetwork network = new FrozenNetwork(engine, architecture, architecture.inOrder(weights))) {
            new AttackParity(network, images, Arrays.copyOf(test.labels(), count)).compare(reference);
        }
    }

    private void compare(Map<String, String> reference) {
        System.out.printf(
                "| attack | norm | epsilon | here | reference | difference | n |%n|---|---|---|---|---|---|---|%n");
        for (String ball : System.getenv("BALLS").split(" +")) {
            Norm norm = Norm.named(ball.substring(0, ball.indexOf(':')));
            String epsilon = ball.substring(ball.indexOf(':') + 1);
            Map<String, String> here = new LinkedHashMap<>();
            Map<String, String> there = new LinkedHashMap<>();
            for (String attack : attacks(norm)) {
                long start = System.nanoTime();
                here.put(attack, right(attack, norm, Double.parseDouble(epsilon)));
                System.err.printf(
                        Locale.ROOT,
                        "here %s %s: %.4f, %d s%n",
                        attack,
                        ball,
                        accuracy(here.get(attack)),
                        (System.nanoTime() - start) / 1_000_000_000);
                there.put(attack, reference.get(String.join("\t", attack, norm.title(), epsilon)));
                print(attack, norm, epsilon, here.get(attack), there.get(attack));
            }
            if (here.keySet().containsAll(WORST_CASE)) {
                print("worst case", norm, epsilon, worst(here), worst(there));
            }
        }
    }

    private List<String> attacks(Norm norm) {
        int classes = network.architecture().classes();
        List<String> attacks = new ArrayList<>(List.of("clean", "random-noise", "fgsm", "pgd-" + norm.title()));
        attacks.addAll(WORST_CASE);
        if (classes >= 3) {
            attacks.addAll(List.of("apgd-dlr", "fab-targeted"));
        }
        if (classes >= 4) {
            attacks.add("apgd-targeted-dlr");
        }
        String wanted = System.getenv("ATTACKS");
        if (!wanted.isBlank()) {
            attacks.retainAll(List.of(wanted.split(" +")));
        }
        return attacks;
    }

    /** For each image 1 where it is still classified rightly, else 0. */
    private String right(String attack, Norm norm, double epsilon) {
        StringBuilder right = new StringBuilder();
        for (int from = 0; from < labels.length; from += BATCH) {
            int to = Math.min(from + BATCH, labels.length);
            ImageBatch batch = images.slice(from, to);
            int[] itsLabels = Arrays.copyOfRange(labels, from, to);
            List<Seed> seeds = IntStream.range(from, to)
                    .mapToObj(image -> new Seed(1).forIndex(image))
                    .toList();
            ImageBatch perturbed = attack.equals("clean")
                    ? batch
                    : Attacks.of(parameters(attack, norm, epsilon))
                            .perturb(network, batch, itsLabels, seeds)
                            .images();
            float[][] logits = network.logits(perturbed);
            for (int n = 0; n < logits.length; n++) {
                right.append(predicted(logits[n]) == itsLabels[n] ? '1' : '0');
            }
        }
        return right.toString();
    }

    private static AttackParameters parameters(String attack, Norm norm, double epsilon) {
        return switch (attack) {
            case "pgd-l2", "pgd-linf" ->
                AttackParameters.pgd(
                        attack, AttackObjective.CROSS_ENTROPY, epsilon, PGD_STEPS, 2.5 * epsilon / PGD_STEPS, true);
            case "fgsm", "random-noise" -> AttackParameters.of(attack, norm, epsilon, 1);
            case "square" -> AttackParameters.of(attack, norm, epsilon, Integer.parseInt(System.getenv("QUERIES")));
            default -> AttackParameters.of(attack, norm, epsilon, Integer.parseInt(System.getenv("STEPS")));
        };
    }

    private static int predicted(float[] logits) {
        return IntStream.range(0, logits.length)
                .reduce((best, j) -> logits[j] > logits[best] ? j : best)
                .orElseThrow();
    }

    /** Null where one of the answers is missing. */
    private static String worst(Map<String, String> answers) {
        StringBuilder worst = null;
        for (String attack : WORST_CASE) {
            String right = answers.get(attack);
            if (right == null) {
                return null;
            }
            worst = worst == null ? new StringBuilder(right) : worst;
            for (int n = 0; n < right.length(); n++) {
                if (right.charAt(n) == '0') {
                    worst.setCharAt(n, '0');
                }
            }
        }
        return worst.toString();
    }

    private static double accuracy(String right) {
        return (double) right.chars().filter(each -> each == '1').count() / right.length();
    }

    private static void print(String attack, Norm norm, String epsilon, String here, String there) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %s | %s | %d |%n",
                attack,
                norm.title(),
                epsilon,
                100 * accuracy(here),
                there == null ? "" : String.format(Locale.ROOT, "%.2f", 100 * accuracy(there)),
                there == null ? "" : String.format(Locale.ROOT, "%+.2f", 100 * (accuracy(here) - accuracy(there))),
                here.length());
    }
}
