/**
 * The judge. Each checkpoint becomes evaluation tasks, replicas share them, and every condition is answered with figures
 * or with the reason why there are none. It judges the exported ONNX model and trusts no attacker: adversarial images are
 * asked of attack-service and checked before they count.
 *
 * <p>This package has what listens and sends, settings and wiring; each subject has a package below.
 */
package org.rtda.evaluator;
