/** Forms with files are looked at while they are read, before anything of them is kept. */
package org.rtda.gateway.form;
