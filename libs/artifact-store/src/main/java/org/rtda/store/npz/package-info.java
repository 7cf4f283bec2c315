/** NPZ files, the first format that data sets come in: read, checked and written. */
package org.rtda.store.npz;
