/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What other people's libraries keep for good, forgiven in the moment they make it.
 *
 * This is loaded before the programs that are built with the address sanitizer, and stands between
 * them and the functions below: what is made while one of them runs is no leak. A line in lsan.supp
 * can do the same only where the stack of a leak shows the function. Debian's GLib and libgda have
 * no frame pointers, so that takes an unwinder ten times as slow as all the rest; and a function
 * that is not exported has no name on a machine without debug symbols.
 */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <libgda/libgda.h>
#include <sanitizer/lsan_interface.h>

/* What only a provider of libgda sees. */
#include <libgda/gda-connection-private.h>

/* A test starts programs that know nothing of sanitizers, too, and they inherit this. */
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

/* Before this library, the loader initializes those it is linked with. GLib makes its first table
 * of quarks then, and lets go of it once a program has more than 2048 of them, because another
 * thread may still be looking at it. */
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

/* The provider of SQLite is made for good, and with it more than it gives to anybody. */
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

/* A connection forgets the note it made of a statement when it makes another. */
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

/* A statement that fails in the middle leaves its error behind. */
void
gda_data_select_add_exception (GdaDataSelect *model, GError *error)
{
  void (*next) (GdaDataSelect *, GError *) = begin ("gda_data_select_add_exception");

  next (model, error);
  end ();
}
