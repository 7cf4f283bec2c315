/**
 * Networks as data: their layers, their weights, the first values of those weights, and the file format weights travel
 * in. Engines build, train and export what is described here; nothing here computes with images.
 */
package org.rtda.core.network;
