/**
 * Networks as ONNX files, the form in which they are deployed and judged: writing them from the architecture and weights
 * of {@link org.rtda.core.network}, and running them on ONNX Runtime.
 */
package org.rtda.nn.onnx;
