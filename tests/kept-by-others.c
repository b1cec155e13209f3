/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Allocations that other libraries keep until the program ends, excluded from
 * the leak check when they are made. || This library is preloaded into
 * programs with the address sanitizer and wraps the functions below:
 * allocations within them are not reported. A line in lsan.supp has the same
 * effect only if the leak's stack shows the function. Debian's GLib and libgda
 * have no frame pointers, so that takes an unwinder that is ten times as slow;
 * and a function that is not exported has no name without debug symbols. */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <libgda/libgda.h>
#include <sanitizer/lsan_interface.h>

/* For the structs that libgda shows only to its providers. */
#include <libgda/gda-connection-private.h>

/* Tests also start programs without a sanitizer, which inherit LD_PRELOAD. */
#pragma weak __lsan_disable
#pragma weak __lsan_enable
#pragma weak __lsan_ignore_object

void gda_data_select_add_exception (GdaDataSelect *model, GError *error);
void __sanitizer_malloc_hook (const volatile void *memory, size_t size);

static gboolean is_loaded = FALSE;

static gpointer
begin (const char *function)
{
  if (__lsan_disable != NULL)
    __lsan_disable ();

  return dlsym (RTLD_NEXT, function);
}

static void
end (void)
{
  if (__lsan_enable != NULL)
    __lsan_enable ();
}

/* The loader initializes linked libraries before this one. GLib then creates
 * its first table of quarks, and abandons it once a program has more than 2048
 * of them, because another thread may still be reading it. */
void
__sanitizer_malloc_hook (const volatile void *memory, size_t size)
{
  if (!is_loaded && __lsan_ignore_object != NULL)
    __lsan_ignore_object ((const void *) memory);
}

__attribute__ ((constructor)) static void
on_loaded (void)
{
  is_loaded = TRUE;
}

/* The provider of SQLite is never freed, nor are its private objects. */
void
gda_init (void)
{
  void (*next) (void) = begin ("gda_init");

  next ();
  end ();
}

GdaServerProvider *
gda_config_get_provider (const gchar *provider_name, GError **error)
{
  GdaServerProvider *(*next) (const gchar *, GError **) = begin ("gda_config_get_provider");
  GdaServerProvider *provider = next (provider_name, error);

  end ();
  return provider;
}

/* A connection overwrites its copy of a statement without freeing it. */
void
gda_connection_add_prepared_statement (GdaConnection *connection,
                                       GdaStatement *statement,
                                       GdaPStmt *prepared)
{
  void (*next) (GdaConnection *, GdaStatement *, GdaPStmt *) =
    begin ("gda_connection_add_prepared_statement");

  next (connection, statement, prepared);
  end ();
}

/* A statement that fails while it is stepped leaks its error. */
void
gda_data_select_add_exception (GdaDataSelect *model, GError *error)
{
  void (*next) (GdaDataSelect *, GError *) = begin ("gda_data_select_add_exception");

  next (model, error);
  end ();
}
