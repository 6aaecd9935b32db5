// See atelier.hpp. What is written before what: the bytes in the store, then the row that says so, then the
// airlock is emptied. A worker that dies between two of these leaves work to do again, never a hole.
#include "piece/atelier.hpp"

#include <system_error>

#include "base/crypto.hpp"
#include "base/expect.hpp"
#include "base/log.hpp"
#include "base/step.hpp"
#include "piece/store_travail.hpp"

namespace piece {
namespace atelier {

constexpr int par_lecture = 20;
constexpr unsigned ouvriers = 2; // each picture may take a core and a gigabyte
/// A picture cut by the clock alone may only have met a busy machine.
constexpr int essais_trop_long = 3;
constexpr std::chrono::seconds pause_magasin{15};
constexpr std::chrono::seconds pause_antivirus{15};
constexpr std::chrono::milliseconds entre_deux_regards{1000};

/// Soon at first, then every ten minutes: what waits is often one restart away.
Instant plus_tard(Instant maintenant, int essais)
{
    constexpr std::int64_t delais[] = {5, 15, 60, 300, 600};
    constexpr int dernier = static_cast<int>(std::size(delais)) - 1;
    return maintenant.plus_seconds(delais[essais < dernier ? essais : dernier]);
}

class Ouvrage {
public:
    Ouvrage(db::Database& db, Fichiers& fichiers, ProcessusImages& images, const base::Clock& horloge,
            const std::stop_token& arret)
        : db_(db), fichiers_(fichiers), images_(images), horloge_(horloge), arret_(arret)
    {}

    Bilan bilan;

    /// One file, held by nobody else. The row is as it was a moment ago.
    void traiter(store::ATraiter f, const Sas::Prise& prise)
    {
        if (f.etat == base::slug_of(etats, Etat::ARanger)) return pousser(f);
        if (f.etat == base::slug_of(etats, Etat::EnVerification)) {
            if (!verifie(f, prise)) return;
            f.etat = base::slug_of(etats, Etat::Recue);
            f.essais = 0; // those of the antivirus are no fault of the picture
        }
        const bool photo = f.type == base::slug_of(types, TypePiece::Jpeg);
        photo ? photo_recue(f, prise) : document_recu(f);
    }

    void perdue(const store::ATraiter& f)
    {
        base::log(base::Level::Error, "fichier.perdu", {{"piece", f.id.text}});
        illisible(f, "perdue");
    }

    void reporter(const store::ATraiter& f, Etat etat)
    {
        const auto quand = plus_tard(horloge_.now(), f.essais);
        db_.write([&](db::Transaction& tx) { store::reporter(tx, f.id, etat, quand); });
        ++bilan.reportees;
    }

private:
    /// False when it must not go on: dangerous, or nobody could tell.
    bool verifie(const store::ATraiter& f, const Sas::Prise& prise)
    {
        if (!fichiers_.antivirus.actif()) return true; // no longer asked for
        if (fichiers_.antivirus_absent.ouvert()) return reporter(f, Etat::EnVerification), false;
        const auto analyse = fichiers_.antivirus.analyser(prise.fd(), arret_);
        switch (analyse.verdict) {
        case Verdict::Sain:
            fichiers_.antivirus_absent.fermer();
            return true;
        case Verdict::Infecte:
            base::log(base::Level::Warning, "fichier.quarantaine",
                      {{"piece", f.id.text}, {"signature", analyse.detail}});
            db_.write([&](db::Transaction& tx) { store::mettre_en_quarantaine(tx, f.id, analyse.detail); });
            ++bilan.quarantaine;
            return false;
        case Verdict::Absent:
            base::log(base::Level::Error, "antivirus.absent", {{"raison", analyse.detail}});
            fichiers_.antivirus_absent.ouvrir(pause_antivirus);
            reporter(f, Etat::EnVerification);
            return false;
        }
        throw base::Bug{"verdict without consequence"};
    }

    void photo_recue(const store::ATraiter& f, const Sas::Prise& prise)
    {
        auto image = images_.traiter(prise.fd());
        if (!image) {
            if (image.error() == EchecImage::TropLong && f.essais + 1 < essais_trop_long)
                return reporter(f, Etat::Recue);
            return illisible(f, base::slug_of(echecs_image, image.error()));
        }
        store::Prepare p{base::sha256_hex(image->jpeg), image->jpeg.size(),
                         base::sha256_hex(image->miniature), image->largeur, image->hauteur};
        if (!fichiers_.magasin->distant()) {
            fichiers_.magasin->mettre(image->jpeg);
            fichiers_.magasin->mettre(image->miniature);
            return finir(f, p);
        }
        // Kept beside, so that a store away for a day costs no second decoding.
        fichiers_.sas.deposer(f.cle, Part::Image, image->jpeg);
        fichiers_.sas.deposer(f.cle, Part::Miniature, image->miniature);
        nommer_puis_pousser(f, p);
    }

    void document_recu(const store::ATraiter& f)
    {
        const auto contenu = fichiers_.sas.ouvrir(f.cle, Part::Recu, f.sha256);
        if (!contenu) return perdue(f);
        const store::Prepare p{f.sha256, contenu->taille()};
        if (fichiers_.magasin->distant()) return nommer_puis_pousser(f, p);
        try {
            fichiers_.magasin->garder(*contenu);
        } catch (const ContenuPerdu&) {
            return perdue(f);
        }
        finir(f, p);
    }

    /// A distant store shares no lock with the purge of another machine: the row names the contents first.
    void nommer_puis_pousser(const store::ATraiter& f, const store::Prepare& p)
    {
        const bool nommes =
            db_.write([&](db::Transaction& tx) { return store::preparer(tx, f.id, p, horloge_.now()); });
        if (!nommes) return reporter(f, Etat::Recue);
        auto prepare = f;
        prepare.sha256 = p.sha256;
        prepare.miniature = p.miniature;
        prepare.essais = 0;
        pousser(prepare);
    }

    void pousser(const store::ATraiter& f)
    {
        if (fichiers_.magasin_absent.ouvert()) return; // due as it is: done when the store is back
        try {
            garder(f, f.miniature ? Part::Image : Part::Recu, f.sha256);
            if (f.miniature) garder(f, Part::Miniature, *f.miniature);
        } catch (const ContenuPerdu&) {
            return perdue(f); // of the airlock: a store that is away says MagasinIndisponible
        } catch (const MagasinIndisponible& e) {
            base::log(base::Level::Error, "magasin.indisponible", {{"raison", e.what()}});
            fichiers_.magasin_absent.ouvrir(pause_magasin);
            return reporter(f, Etat::ARanger);
        }
        fichiers_.magasin_absent.fermer();
        base::step("workshop.pushed");
        db_.write([&](db::Transaction& tx) { store::ranger(tx, f.id); });
        base::step("workshop.before_cleaning");
        fichiers_.sas.effacer(f.cle);
        ++bilan.rangees;
    }

    void garder(const store::ATraiter& f, Part part, const std::string& sha256)
    {
        const auto contenu = fichiers_.sas.ouvrir(f.cle, part, sha256);
        if (!contenu) throw ContenuPerdu{"content missing from the airlock"};
        fichiers_.magasin->garder(*contenu, arret_);
    }

    void finir(const store::ATraiter& f, const store::Prepare& p)
    {
        base::step("workshop.stored");
        db_.write([&](db::Transaction& tx) { store::ranger(tx, f.id, p); });
        base::step("workshop.before_cleaning");
        fichiers_.sas.effacer(f.cle);
        ++bilan.rangees;
    }

    void illisible(const store::ATraiter& f, std::string_view motif)
    {
        db_.write([&](db::Transaction& tx) { store::declarer_illisible(tx, f.id, motif); });
        fichiers_.sas.effacer(f.cle);
        ++bilan.illisibles;
    }

    db::Database& db_;
    Fichiers& fichiers_;
    ProcessusImages& images_;
    const base::Clock& horloge_;
    const std::stop_token& arret_;
};

/// Takes one of these files, if nobody holds it and it still waits. False when there was nothing to take.
bool prendre_et_traiter(db::Database& db, Fichiers& fichiers, Ouvrage& ouvrage, const store::ATraiter& vue)
{
    const auto tentative = fichiers.sas.prendre(vue.cle);
    if (tentative.etat == Sas::Etat::TenueAilleurs) return false;
    const auto f = [&] {
        auto tx = db.read();
        return store::relire(tx, vue.id);
    }();
    if (!f) return false; // done by whoever held it
    if (tentative.etat == Sas::Etat::Absente) {
        ouvrage.perdue(*f);
        return true;
    }
    try {
        ouvrage.traiter(*f, *tentative.prise);
    } catch (const db::Error&) {
        throw; // nothing can be written down
    } catch (const std::exception& e) {
        // A full disk, no process to be had: this file waits, the others are tried.
        base::log(base::Level::Error, "fichier.reporte", {{"piece", f->id.text}, {"raison", e.what()}});
        ouvrage.reporter(*f, *base::from_slug(etats, f->etat));
    }
    return true;
}

Bilan preparer(db::Database& db, Fichiers& fichiers, ProcessusImages& images, const base::Clock& horloge,
               const std::stop_token& arret)
{
    Ouvrage ouvrage{db, fichiers, images, horloge, arret};
    for (bool avance = true; avance && !arret.stop_requested();) {
        avance = false;
        const auto dus = [&] {
            auto tx = db.read();
            return store::a_traiter(tx, fichiers.sas.nom(), horloge.now(), !fichiers.magasin_absent.ouvert(),
                                    par_lecture);
        }();
        for (const auto& f : dus) {
            if (arret.stop_requested()) break;
            if (prendre_et_traiter(db, fichiers, ouvrage, f)) avance = true;
        }
    }
    return ouvrage.bilan;
}

} // namespace atelier

Bilan preparer_fichiers(db::Database& db, Fichiers& fichiers, const base::Clock& horloge,
                        const std::stop_token& arret)
{
    ProcessusImages images{fichiers.reglages};
    return atelier::preparer(db, fichiers, images, horloge, arret);
}

Atelier::Atelier(db::Database& db, Fichiers& fichiers, const base::Clock& horloge)
{
    for (unsigned i = 0; i < atelier::ouvriers; ++i)
        ouvriers_.emplace_back([&](const std::stop_token& arret) {
            ProcessusImages images{fichiers.reglages};
            while (!arret.stop_requested()) {
                try {
                    atelier::preparer(db, fichiers, images, horloge, arret);
                } catch (const std::exception& e) {
                    base::log(base::Level::Error, "atelier.echec", {{"raison", e.what()}});
                }
                fichiers.attendre(arret, atelier::entre_deux_regards);
            }
        });
}

} // namespace piece
