/** What the gateway knows of experiments and evaluations, folded from the topics. */
package org.rtda.gateway.view;
