/**
 * Procedural phantoms: labelled images of three modalities, made from a seed with published image-formation models. They
 * exercise the system where no patient data may go; a result on them says nothing about patients.
 */
package org.rtda.core.phantom;
