/**
 * The method's vocabulary in plain Java: images, seeds, tensors, networks as data. Depends on no other module of the
 * project and on no engine.
 */
package org.rtda.core;
