/** What a specification says about each step and epoch, decided without effects, so that a trainer that takes over decides the same. */
package org.rtda.trainer.plan;
